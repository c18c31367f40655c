package org.retinaspark.io.detections;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.wider.BoxNumbers;
import scala.Tuple2;

/** Writes detections in other people's formats; executors write, the driver only joins files. */
public final class DetectionExport {

  private final SparkSession spark;
  private final Dataset<Tuple2<String, byte[]>> records;

  /**
   * Of a table's records.
   *
   * @param records see {@link DetectionRecord#dataset}
   */
  public DetectionExport(SparkSession spark, Dataset<Tuple2<String, byte[]>> records) {
    this.spark = spark;
    this.records = records;
  }

  /**
   * Checks that every image and every number can be written, and counts.
   *
   * @throws DetectionException if an image has several rows or a number isn't finite
   */
  public DetectionCounts check() {
    List<Row> duplicates =
        records.groupBy(col("_1")).count().where("count > 1").orderBy("_1").takeAsList(1);
    if (!duplicates.isEmpty()) {
      throw new DetectionException(
          "image %s has %d rows, so its file would be written over; remove the duplicates from the table"
              .formatted(duplicates.get(0).getString(0), duplicates.get(0).getLong(1)));
    }
    DetectionCounts counts =
        records
            .toJavaRDD()
            .aggregate(
                DetectionCounts.NONE,
                (sum, record) -> sum.with(DetectionRecord.fromBytes(record._2())),
                DetectionCounts::plus);
    if (counts.broken() > 0) {
      throw new DetectionException(
          "%d detections have a score or box that is NaN, infinite or null, which the format can't say; mend the detector or filter the table"
              .formatted(counts.broken()));
    }
    return counts;
  }

  /**
   * Whether something stands at an output already.
   *
   * @throws IOException if the file system can't say
   */
  public static boolean occupied(String output, Configuration hadoop) throws IOException {
    Path path = new Path(output);
    FileSystem files = path.getFileSystem(hadoop);
    return files.exists(path)
        && (files.getFileStatus(path).isFile() || files.listStatus(path).length > 0);
  }

  /** Writes a folder of {@code <event>/<image>.txt}, one for every image, empty ones too. */
  public void widerFace(String folder, BoxNumbers numbers) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    records
        .toJavaRDD()
        .foreachPartition(
            new WiderFaceWriter(folder, numbers, new SerializableConfiguration(hadoop)));
  }

  /**
   * Writes one file of COCO results, {@code [{"image_id", "category_id", "bbox", "score"}, ...]},
   * and beside it {@code *.images.json} with {@code [{"id", "file_name"}, ...]}: ids count from 1
   * in the order of the keys.
   *
   * @throws IOException if the parts can't be joined
   */
  public void coco(String file) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    CocoFiles files = new CocoFiles(file, hadoop);
    List<Integer> parts =
        records
            .orderBy(col("_1"))
            .toJavaRDD()
            .zipWithIndex()
            .mapPartitionsWithIndex(
                new CocoWriter(files.parts(), new SerializableConfiguration(hadoop)), true)
            .collect();
    files.join(parts);
  }
}
