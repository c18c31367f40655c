package org.retinaspark.job.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;
import org.retinaspark.udf.model.TinyModels;

/** From photos in a bucket to a table in the bucket to its evaluation, over S3's protocol. */
@SuppressWarnings("NullAway.Init")
class S3DetectTest {

  private static final String INPUT = "photos/";
  private static final List<String> NAMES =
      List.of("a b.png", "100%.png", "a%20b.png", "no#1.png", "1+1.png", "Zürich/日本.png");
  private static final int PLAIN = 24;

  @TempDir private static Path folder;
  private static S3Server server;
  private static FileSystem files;
  private static String model = "";
  private static int gets;
  private static int heads;

  private static Map<String, Row> undisturbed = Map.of();
  private static final StringWriter out = new StringWriter();
  private static final StringWriter err = new StringWriter();

  @BeforeAll
  static void fillTheBucketAndDetect() throws IOException {
    server = S3Server.start(folder.resolve("store"), "detect");
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    server.settings().forEach(hadoop::set);
    files = path("").getFileSystem(hadoop);
    for (String name : names()) {
      Path photo = Photos.write(folder.resolve("photo.png"), squares(name));
      files.copyFromLocalFile(new org.apache.hadoop.fs.Path(photo.toUri()), path(INPUT + name));
    }
    model = Photos.model(folder.resolve("tiny.onnx")).toString();
    server.proxy().begin(Weather.FAIR);
    undisturbed = detect("fair");
    gets = server.proxy().requests("GET", S3DetectTest::isPhoto);
    heads = server.proxy().requests("HEAD", S3DetectTest::isPhoto);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void clearTheSky() {
    server.proxy().begin(Weather.FAIR);
  }

  @Test
  void everyNameSurvives() {
    assertThat(undisturbed.keySet()).containsExactlyInAnyOrderElementsOf(names());
    undisturbed.forEach(
        (name, row) -> {
          assertThat(row.<String>getAs("status")).as(name).isEqualTo("ok");
          assertThat(row.<String>getAs("uri")).isEqualTo(server.uri(INPUT + name));
          assertThat(strongFaces(row)).as(name).isEqualTo(squares(name));
        });
  }

  @Test
  void eachImageIsAskedForOnce() {
    assertThat(heads).isZero();
    assertThat(gets).isEqualTo(names().size());
  }

  @Test
  void faultsThatPassLeaveNoTrace() {
    server
        .proxy()
        .begin(
            Weather.stormy(0.05, 7, Fault.SLOW_DOWN, Fault.INTERNAL_ERROR, Fault.CUT, Fault.LATE));

    Map<String, Row> disturbed = detect("storm");

    assertThat(server.proxy().faults()).isPositive();
    assertThat(disturbed.keySet()).isEqualTo(undisturbed.keySet());
    undisturbed.forEach(
        (name, row) -> {
          Row other = Objects.requireNonNull(disturbed.get(name));
          assertThat(other.<String>getAs("status")).as("%s: %s", name, other).isEqualTo("ok");
          assertThat(other.<Object>getAs("faces")).as(name).isEqualTo(row.getAs("faces"));
        });
  }

  @Test
  void faultsThatStayBecomeFailedRows() throws IOException {
    Map<String, Row> rows;
    server
        .proxy()
        .begin(
            (request, attempt) ->
                switch (request.key()) {
                  case INPUT + "plain3.png" -> Fault.DENIED;
                  case INPUT + "plain5.png" -> Fault.GONE;
                  default -> Fault.NONE;
                });

    try (CapturedLog log = CapturedLog.open()) {
      rows = detect("denied");
      assertThat(log.text()).isNotEmpty().doesNotContain(S3Server.SECRET, S3Server.IDENTITY);
    }

    assertThat(rows).hasSize(names().size());
    assertThat(error(rows, "plain3.png")).startsWith("[read,access_denied,");
    assertThat(error(rows, "plain5.png")).startsWith("[read,not_found,");
    assertThat(rows.values())
        .filteredOn(row -> row.<String>getAs("status").equals("failed"))
        .hasSize(2);
    assertThat(rows.toString() + out + err + text("denied/_run.json"))
        .doesNotContain(S3Server.SECRET, S3Server.IDENTITY);
  }

  @Test
  void theMagicCommitterWritesTheTable() throws IOException {
    JsonNode success = new ObjectMapper().readTree(text("fair/_SUCCESS"));
    assertThat(success.path("committer").asText()).isEqualTo("magic");
  }

  @Test
  void theTableIsEvaluatedWhereItLies() throws IOException {
    StringBuilder truth = new StringBuilder();
    for (String name : names()) {
      truth.append(name).append('\n').append(squares(name)).append('\n');
      for (int square = 0; square < squares(name); square++) {
        truth.append(
            "%d %d %d %d 0 0 0 0 0 0 \n"
                .formatted(Photos.left(square), Photos.top(), Photos.SQUARE, Photos.SQUARE));
      }
    }
    Path annotations = Files.createDirectories(folder.resolve("truth"));
    Files.writeString(annotations.resolve("wider_face_val_bbx_gt.txt"), truth);

    int status =
        run(
            "evaluate",
            "--detections",
            server.uri("fair"),
            "--ground-truth",
            annotations.toString(),
            "--report",
            server.uri("report"));

    assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
    // All scores are alike, which the official normalisation of WIDER FACE can't bear.
    assertThat(out.toString()).containsPattern("COCO AP, 100 detections +100\\.00");
    assertThat(text("report/metrics.json")).contains("\"name\" : \"coco_ap");
  }

  @Test
  void aLeaderboardLiesInTheBucketWithItsTablesAndModels() throws IOException {
    Path truth = Files.createDirectories(folder.resolve("one"));
    Files.writeString(
        truth.resolve("wider_face_val_bbx_gt.txt"), "100%.png\n1\n1 1 9 9 0 0 0 0 0 0 \n");
    Path frozen = Files.write(folder.resolve("frozen.onnx"), TinyModels.pytorchFrozen());
    String[] arguments = {
      "leaderboard",
      "--input",
      server.uri("photos"),
      "--ground-truth",
      truth.toString(),
      "--model",
      frozen.toString(),
      "--protocol",
      "original",
      "--output",
      server.uri("tables/board"),
      "--progress",
      "none"
    };

    assertThat(run(arguments)).as(err.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(
            run(Stream.concat(Stream.of(arguments), Stream.of("--resume")).toArray(String[]::new)))
        .as(err.toString())
        .isEqualTo(ExitStatus.DONE);

    JsonNode cell =
        new ObjectMapper().readTree(text("tables/board/leaderboard.json")).at("/cells/0");
    assertThat(cell.path("state").asText()).isEqualTo("measured");
    assertThat(cell.path("images").asInt()).isEqualTo(names().size());
    assertThat(text("tables/board/" + cell.path("table").asText() + "/_run.json"))
        .contains(server.uri("tables/board/models/"));
    assertThat(text("tables/board/leaderboard.md")).contains("opened as by 'model import'");
  }

  private static Map<String, Row> detect(String output) {
    int status =
        run(
            "detect",
            "--input",
            server.uri("photos"),
            "--output",
            server.uri(output),
            "--model",
            model,
            "--progress",
            "none");
    assertThat(status).as("%s%s", out, err).isEqualTo(ExitStatus.DONE);
    return rows(output);
  }

  private static int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private static Map<String, Row> rows(String table) {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : LocalSpark.session().read().parquet(server.uri(table)).collectAsList()) {
      assertThat(rows.put(row.getAs("image"), row)).as("a second row").isNull();
    }
    return rows;
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(NAMES);
    for (int photo = 0; photo < PLAIN; photo++) {
      names.add("plain%d.png".formatted(photo));
    }
    return names;
  }

  private static int squares(String name) {
    return 1 + Math.floorMod(name.hashCode(), 3);
  }

  private static boolean isPhoto(String key) {
    return key.startsWith(INPUT) && key.endsWith(".png");
  }

  private static int strongFaces(Row row) {
    return (int)
        row.<Row>getList(row.fieldIndex("faces")).stream()
            .filter(face -> face.<Float>getAs("score") > 0.9f)
            .count();
  }

  private static String error(Map<String, Row> rows, String image) {
    return Objects.requireNonNull(rows.get(image)).<Row>getAs("error").toString();
  }

  private static String text(String key) throws IOException {
    try (InputStream in = files.open(path(key))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static org.apache.hadoop.fs.Path path(String key) {
    return new org.apache.hadoop.fs.Path(server.uri(key));
  }
}
