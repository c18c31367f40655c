package org.retinaspark.io.detections;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.wider.ImageKey;
import scala.Tuple2;

/** Reads a folder of WIDER FACE detection files, {@code <event>/<image>.txt}. */
public final class DetectionFolder {

  private static final String TEXT = ".txt";

  private final SparkSession spark;
  private final String uri;

  /** Of a folder's URI. */
  public DetectionFolder(SparkSession spark, String uri) {
    this.spark = spark;
    this.uri = uri;
  }

  /**
   * Whether there is anything at a URI, a folder of files or a table.
   *
   * @throws IOException if the file system can't say
   */
  public static boolean exists(String uri, Configuration hadoop) throws IOException {
    Path path = new Path(uri);
    return path.getFileSystem(hadoop).exists(path);
  }

  /**
   * Each file as its image's key, {@code <event>/<image>.jpg}, and its {@link DetectionRecord} in
   * bytes.
   *
   * @throws IOException if the folder can't be listed
   */
  public Dataset<Tuple2<String, byte[]>> records(DetectionText files) throws IOException {
    return spark
        .read()
        .option("wholetext", true)
        .option("recursiveFileLookup", true)
        .option("pathGlobFilter", "*" + TEXT)
        .text(uri)
        .select(col("_metadata.file_path"), col("value"))
        .union(emptyFiles())
        .map(new Parse(files), Encoders.tuple(Encoders.STRING(), Encoders.BINARY()));
  }

  /** Files without a byte, which Spark leaves out: images without faces in some layouts. */
  private Dataset<Row> emptyFiles() throws IOException {
    List<Row> empty = new ArrayList<>();
    Path root = new Path(uri);
    FileSystem system = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    RemoteIterator<LocatedFileStatus> files = system.listFiles(root, true);
    while (files.hasNext()) {
      LocatedFileStatus file = files.next();
      if (file.getLen() == 0 && file.getPath().getName().endsWith(TEXT)) {
        empty.add(RowFactory.create(file.getPath().toUri().toString(), ""));
      }
    }
    return spark.createDataFrame(
        empty, new StructType().add("file_path", "string").add("value", "string"));
  }

  private static final class Parse implements MapFunction<Row, Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    private final DetectionText files;

    Parse(DetectionText files) {
      this.files = files;
    }

    @Override
    public Tuple2<String, byte[]> call(Row row) {
      Path path = new Path(URI.create(row.getString(0)));
      String name = path.getName();
      String image = name.substring(0, name.length() - TEXT.length());
      Path event = path.getParent();
      String key = ImageKey.of(event == null ? image : event.getName() + "/" + image);
      return new Tuple2<>(key, files.read(row.getString(1)).toBytes());
    }
  }
}
