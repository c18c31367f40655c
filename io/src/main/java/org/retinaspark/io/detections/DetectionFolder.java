package org.retinaspark.io.detections;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.wider.WiderDetectionFile;
import org.retinaspark.io.wider.WiderDetections;
import scala.Tuple2;

/** Reads a folder of WIDER FACE detection files, {@code <event>/<image>.txt}. */
public final class DetectionFolder {

  private static final String TEXT = ".txt";
  private static final String IMAGE = ".jpg";

  private final SparkSession spark;
  private final String uri;

  /** Which lines of a file count. */
  public enum LineRule {
    /** The announced number; a file that is cut or malformed counts as empty (MATLAB). */
    ANNOUNCED,
    /** Every line that is a detection, whatever the second line announces (Python). */
    EVERY_LINE
  }

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
   */
  public Dataset<Tuple2<String, byte[]>> records(LineRule rule) {
    return spark
        .read()
        .option("wholetext", true)
        .option("recursiveFileLookup", true)
        .option("pathGlobFilter", "*" + TEXT)
        .text(uri)
        .select(col("_metadata.file_path"), col("value"))
        .map(new Parse(rule), Encoders.tuple(Encoders.STRING(), Encoders.BINARY()));
  }

  private static final class Parse implements MapFunction<Row, Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    private final LineRule rule;

    Parse(LineRule rule) {
      this.rule = rule;
    }

    @Override
    public Tuple2<String, byte[]> call(Row row) {
      Path path = new Path(URI.create(row.getString(0)));
      String name = path.getName();
      String image = name.substring(0, name.length() - TEXT.length()) + IMAGE;
      Path event = path.getParent();
      String key = event == null ? image : event.getName() + "/" + image;
      return new Tuple2<>(key, record(WiderDetectionFile.parse(row.getString(1))).toBytes());
    }

    private DetectionRecord record(WiderDetections file) {
      DetectionStatus status =
          file.malformed() > 0
              ? DetectionStatus.MALFORMED
              : file.cut() ? DetectionStatus.CUT : DetectionStatus.OK;
      if (rule == LineRule.EVERY_LINE) {
        return new DetectionRecord(status, file.boxes(), file.scores(), new double[0]);
      }
      if (status != DetectionStatus.OK) {
        return new DetectionRecord(status, new double[0], new double[0], new double[0]);
      }
      WiderDetections read = file.upToAnnounced();
      return new DetectionRecord(status, read.boxes(), read.scores(), new double[0]);
    }
  }
}
