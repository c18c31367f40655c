package org.retinaspark.job.sql;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.job.Main;
import org.retinaspark.udf.RetinaSpark;

/**
 * Images a second of the command and of {@code detect_faces} on a Parquet table of the same bytes,
 * in turns: {@code ColumnSpeed PHOTOS MODEL WORK ROUNDS}. No test: a machine that others use tells
 * nothing.
 */
final class ColumnSpeed {

  private static final int FILES = 8;

  private ColumnSpeed() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    String photos = arguments[0];
    String model = arguments[1];
    String work = arguments[2];
    SparkSession spark = SparkSession.builder().master("local[2]").appName("speed").getOrCreate();
    RetinaSpark.register(spark);
    String table = work + "/images.parquet";
    spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", true)
        .load(photos)
        .select("path", "content")
        .repartition(FILES)
        .write()
        .mode("overwrite")
        .parquet(table);
    Dataset<Row> images = spark.read().parquet(table);
    images.createOrReplaceTempView("images");
    long count = images.count();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
      double command = command(table, model, work);
      Map<String, String> options = Map.of("model", model);
      double dataset =
          written(RetinaSpark.detect(images, "content", options).drop("content"), work, count);
      String call = "detect_faces(content, map('model', '%s'))".formatted(model);
      double sql = written(spark.sql("SELECT path, " + call + " AS d FROM images"), work, count);
      double rowWise =
          written(
              spark.sql(
                  "SELECT path, IF(length(content) > 0, " + call + ", NULL) AS d FROM images"),
              work,
              count);
      out.printf(
          Locale.ROOT,
          "images/s: command %.1f, dataset %.1f (%.2f), sql %.1f (%.2f), row by row %.1f (%.2f)%n",
          command,
          dataset,
          dataset / command,
          sql,
          sql / command,
          rowWise,
          rowWise / command);
    }
  }

  /** As the command itself tells it, without its start and end. */
  private static double command(String table, String model, String work) {
    StringWriter told = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(told, true),
            new PrintWriter(err, true),
            "detect",
            "--input",
            table,
            "--input-format",
            "parquet",
            "--key-column",
            "path",
            "--output",
            work + "/faces",
            "--overwrite",
            "--model",
            model,
            "--progress",
            "none");
    Matcher speed = Pattern.compile("\\(([0-9.]+) images/s").matcher(told.toString());
    if (status != 0 || !speed.find()) {
      throw new IllegalStateException(err.toString());
    }
    return Double.parseDouble(speed.group(1));
  }

  private static double written(Dataset<Row> rows, String work, long count) {
    long start = System.nanoTime();
    rows.write().mode("overwrite").parquet(work + "/column");
    return count / ((System.nanoTime() - start) / 1e9);
  }
}
