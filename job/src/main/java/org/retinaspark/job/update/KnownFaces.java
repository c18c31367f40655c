package org.retinaspark.job.update;

import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.table.DoneUnits;
import org.retinaspark.udf.pipeline.ImageUnit;
import scala.Tuple2;

/**
 * The faces of an older table, brought to the tasks that read their images: each task gets those of
 * its own units, by one shuffle of a chunk's rows.
 *
 * @param older where the faces are
 * @param ownNames whether members of archives go by their own names
 */
public record KnownFaces(OlderTable older, boolean ownNames) {

  /**
   * What tasks open, with the faces that are known of it.
   *
   * @param tasks the units of each task
   * @param open opens the units of a task
   */
  public JavaRDD<ImageUnit> with(
      JavaSparkContext context,
      List<List<ImageFile>> tasks,
      FlatMapFunction<List<ImageFile>, ImageUnit> open) {
    Map<String, Integer> places = new HashMap<>();
    for (int task = 0; task < tasks.size(); task++) {
      for (ImageFile file : tasks.get(task)) {
        places.put(unit(file), task);
      }
    }
    Broadcast<Map<String, Integer>> taskOf = context.broadcast(places);
    JavaRDD<ImageRecord> known =
        FaceTable.of(among(tasks), older.location())
            .records(Set.of())
            .mapToPair(image -> new Tuple2<>(taskOf.value().getOrDefault(unit(image), -1), image))
            .filter(placed -> placed._1() >= 0)
            .partitionBy(new ByTask(tasks.size()))
            .values();
    return context.parallelize(tasks, tasks.size()).zipPartitions(known, new OpenKnown(open));
  }

  private String unit(ImageFile file) {
    boolean archive =
        file.root().format() == FileFormat.TAR || file.root().format() == FileFormat.ZIP;
    return ownNames && archive ? file.uri() : file.image();
  }

  private static String unit(ImageRecord image) {
    return DoneUnits.unit(image.image(), image.container(), image.uri());
  }

  /** The rows that can be of these units; Parquet's statistics spare the others' reading. */
  private Dataset<Row> among(List<List<ImageFile>> tasks) {
    if (ownNames) {
      return older.rows();
    }
    String first = null;
    String last = null;
    for (List<ImageFile> task : tasks) {
      for (ImageFile file : task) {
        String key = file.image();
        // '0' is the character behind the slash that a member's name begins with.
        String end = key + "0";
        first = first == null || key.compareTo(first) < 0 ? key : first;
        last = last == null || end.compareTo(last) > 0 ? end : last;
      }
    }
    return first == null
        ? older.rows()
        : older.rows().where(col(ColumnNames.IMAGE).between(first, last));
  }

  /** Keys are the numbers of partitions. */
  static final class ByTask extends Partitioner {

    private static final long serialVersionUID = 1L;

    private final int tasks;

    ByTask(int tasks) {
      this.tasks = tasks;
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object task) {
      return (Integer) task;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByTask by && by.tasks == tasks;
    }

    @Override
    public int hashCode() {
      return tasks;
    }
  }
}
