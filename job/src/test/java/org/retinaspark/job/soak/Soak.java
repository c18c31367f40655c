package org.retinaspark.job.soak;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.job.Main;
import org.retinaspark.job.s3.Fault;
import org.retinaspark.job.s3.S3Server;
import org.retinaspark.job.s3.Weather;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Runs {@code detect} over thousands of photos, bad ones among them, in a bucket whose requests
 * fail now and then, and checks every row. Started by {@code deploy/soak/soak}.
 */
@CommandLine.Command(name = "soak", mixinStandardHelpOptions = true, showDefaultValues = true)
final class Soak {

  private static final String BUCKET = "soak";
  private static final int SHOWN = 10;

  @Option(names = "--photos", required = true)
  private Path photos = Path.of("");

  @Option(names = "--model", required = true)
  private Path model = Path.of("");

  @Option(names = "--folder", required = true, description = "An empty folder to work in.")
  private Path folder = Path.of("");

  @Option(names = "--images", defaultValue = "10000")
  private int images;

  @Option(names = "--bad", defaultValue = "500")
  private int bad;

  @Option(names = "--faults", defaultValue = "0.05", description = "Share of failing requests.")
  private double faults;

  @Option(names = "--seed", defaultValue = "1")
  private long seed;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] arguments) throws IOException {
    Soak soak = new Soak();
    new CommandLine(soak).parseArgs(arguments);
    System.exit(soak.run() ? 0 : 1);
  }

  private boolean run() throws IOException {
    Path local = folder.resolve("photos");
    SoakDataset dataset = SoakDataset.create(photos, local, images, bad);
    try (S3Server server = S3Server.start(folder.resolve("store"), BUCKET);
        SparkSession spark = SparkSession.builder().appName("soak").getOrCreate()) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      server.settings().forEach(hadoop::set);
      org.apache.hadoop.fs.Path bucket = new org.apache.hadoop.fs.Path(server.uri("photos"));
      bucket
          .getFileSystem(hadoop)
          .copyFromLocalFile(new org.apache.hadoop.fs.Path(local.toUri()), bucket);
      server
          .proxy()
          .begin(
              Weather.stormy(
                  faults, seed, Fault.SLOW_DOWN, Fault.INTERNAL_ERROR, Fault.CUT, Fault.LATE));
      int status =
          Main.run(
              out,
              out,
              "detect",
              "--input",
              server.uri("photos"),
              "--output",
              server.uri("faces"),
              "--model",
              model.toString(),
              "--protocol",
              "vga",
              "--progress",
              "log");
      int gets = server.proxy().requests("GET", key -> key.startsWith("photos/"));
      out.printf(
          "exit status %d; %d requests failed on purpose%n", status, server.proxy().faults());
      out.printf(
          "%d GET and %d HEAD requests for %d images%n",
          gets, server.proxy().requests("HEAD", key -> key.startsWith("photos/part")), images);
      server.proxy().begin(Weather.FAIR);
      List<String> complaints = check(spark, server.uri("faces"), dataset);
      complaints.stream().limit(SHOWN).forEach(out::println);
      out.printf("%d complaints%n", complaints.size());
      return status == 0 && complaints.isEmpty();
    }
  }

  /** What is not as it must be, each in a line. */
  private static List<String> check(SparkSession spark, String table, SoakDataset dataset) {
    List<String> complaints = new ArrayList<>();
    Map<String, String> open = new TreeMap<>(dataset.expected());
    Map<String, Long> faces = new HashMap<>();
    for (Row row :
        spark
            .read()
            .parquet(table)
            .select(
                col("image"),
                col("status"),
                concat_ws("/", col("error.stage"), col("error.code")),
                concat_ws("", col("error.message")),
                xxhash64(col("faces")))
            .collectAsList()) {
      String image = row.getString(0);
      String outcome = row.getString(1).equals(SoakDataset.OK) ? SoakDataset.OK : row.getString(2);
      String expected = open.remove(image);
      if (!outcome.equals(expected)) {
        complaints.add(
            "%s is %s, not %s: %s".formatted(image, outcome, expected, row.getString(3)));
      }
      Long other = faces.putIfAbsent(SoakDataset.photo(image), row.getLong(4));
      if (other != null && other != row.getLong(4)) {
        complaints.add("%s has other faces than under its first name".formatted(image));
      }
    }
    open.keySet().forEach(image -> complaints.add("%s has no row".formatted(image)));
    return complaints;
  }
}
