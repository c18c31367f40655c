package org.retinaspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.job.evaluate.SmallTable.face;
import static org.retinaspark.job.evaluate.SmallTable.faceWithLandmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.Build;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.udf.image.HostileImages;
import picocli.CommandLine;

class EvaluateCommandTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeWorld() throws IOException {
    Files.writeString(
        folder.resolve("wider_face_val_bbx_gt.txt"),
        "e/a.jpg\n2\n10 10 20 20 0 0 0 0 0 0 \n60 10 40 40 2 1 0 0 1 1 \n");
    Files.writeString(
        folder.resolve("label.txt"),
        "# e/a.jpg\n10 10 20 20 14 15 0 24 15 0 19 20 0 15 25 0 23 25 0 0.5\n");
    new SmallTable()
        .image(
            "e/a.jpg",
            faceWithLandmarks(0.9f, 10, 10, 30, 30, 15, 15, 25, 15, 20, 20, 16, 25, 24, 25),
            faceWithLandmarks(0.3f, 0, 60, 9, 70, 1, 61, 8, 61, 4, 64, 2, 68, 7, 68))
        .write(folder.resolve("table").toString());
    Files.writeString(
        folder.resolve("table/_run.json"), "{\"protocol\": \"vga\", \"model\": {\"name\": \"m\"}}");
    Path image = folder.resolve("images/e/a.jpg");
    Files.createDirectories(folder.resolve("images/e"));
    ImageIO.write(new BufferedImage(120, 80, BufferedImage.TYPE_INT_RGB), "jpg", image.toFile());
    LocalSpark.session();
  }

  @Test
  void printsATableAndWritesAReport() throws IOException {
    int status =
        run("--report", path("report"), "--input", path("images"), "--dialect", "MATLAB-double");
    assertThat(err.toString()).isEmpty();
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString())
        .contains("dialect matlab-double, protocol vga")
        .containsPattern("AP +50\\.00")
        .contains("blur heavy")
        // Each of the five points is 1 pixel off, on a box of 20 by 20 with eyes 10 apart.
        .contains("landmarks nme_box: 5.00 over 1 faces")
        .contains("landmarks nme_inter_ocular: 10.00 over 1 faces")
        .contains("warning: wider_face_val_bbx_gt.txt has the unknown digest");
    String page = Files.readString(folder.resolve("report/index.html"));
    assertThat(page)
        .contains("<polyline", "data:image/jpeg;base64,", "e/a.jpg: 1 missed", "&quot;protocol")
        .contains("<th>all<tr><td>AP<td>50.00", "<summary>AP by event (1)</summary>")
        .containsPattern("<tr><td>16-32<td style=\"--ap:[0-9.]+\">")
        .contains("share of faces", "box, NME 5.00", "inter-ocular, NME 10.00")
        .doesNotContain("src=\"http");
    assertThat(Files.readString(folder.resolve("report/metrics.json")))
        .contains("\"dialect\" : \"matlab-double\"", "\"name\" : \"ap\"", "\"protocol\" : \"vga\"")
        .contains("\"retinaspark\" : \"" + Build.current().version());
    var spark = LocalSpark.session();
    assertThat(spark.read().parquet(path("report/metrics.parquet")).where("name = 'ap'").count())
        .isPositive();
    assertThat(
            spark
                .read()
                .parquet(path("report/curves.parquet"))
                .where("dimension = 'all' and subset = 'all'")
                .count())
        .isEqualTo(1000);
  }

  @Test
  void thePageShowsNamesAndNothingOfWhatTheySay() throws IOException {
    String evil = "<script>alert(1)</script>&\"'";
    Files.writeString(
        folder.resolve("wider_face_val_bbx_gt.txt"),
        "%1$s/e.jpg\n1\n10 10 20 20 0 0 0 0 0 0 \n%1$s/bomb.jpg\n1\n10 10 20 20 0 0 0 0 0 0 \n"
            .formatted(evil));
    Path bomb = folder.resolve("images").resolve(evil + "/bomb.jpg");
    Files.createDirectories(bomb.getParent());
    Files.write(
        bomb,
        HostileImages.all().stream()
            .filter(image -> image.name().equals("bomb.jpg"))
            .findFirst()
            .orElseThrow()
            .content());
    new SmallTable()
        .image(evil + "/e.jpg", face(0.9f, 60, 60, 70, 70))
        .image(evil + "/bomb.jpg", face(0.9f, 60, 60, 70, 70))
        .write(path("evil"));

    int status =
        command(
            "--detections",
            path("evil"),
            "--ground-truth",
            folder.toString(),
            "--split",
            "val",
            "--input",
            path("images"),
            "--report",
            path("report"));

    assertThat(err.toString()).isEmpty();
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(folder.resolve("report/index.html")))
        .contains("&lt;script>alert(1)&lt;/script>&amp;&quot;", "65500x65500")
        .doesNotContain("<script");
  }

  @Test
  void comparesWithAnotherReport() {
    assertThat(run("--report", path("one"))).isEqualTo(ExitStatus.DONE);
    new SmallTable()
        .image(
            "e/a.jpg",
            face(0.9f, 60, 10, 100, 50),
            face(0.8f, 10, 10, 30, 30),
            face(0.1f, 0, 0, 5, 5))
        .write(path("better"));
    int status =
        command(
            "--detections",
            path("better"),
            "--ground-truth",
            folder.toString(),
            "--compare",
            path("one"));
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).containsPattern("all ap +1\\.0000 +0\\.5000 +\\+0\\.5000");
    assertThat(out.toString()).contains("the protocol is unknown here and vga there");
  }

  @Test
  void protocolsAndDialectsAreNotComparedInSilence() throws IOException {
    assertThat(run("--report", path("one"))).isEqualTo(ExitStatus.DONE);
    assertThat(run("--compare", path("one"))).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).contains("compared with").doesNotContain("don't compare");
    Files.writeString(folder.resolve("table/_run.json"), "{\"protocol\": \"original\"}");

    assertThat(run("--compare", path("one"), "--dialect", "matlab", "--report", path("two")))
        .isEqualTo(ExitStatus.DONE);

    assertThat(out.toString())
        .contains("warning: these numbers don't compare as models do")
        .contains("the protocol is original here and vga there")
        .contains("the dialect is matlab here and matlab-double there");
    assertThat(Files.readString(folder.resolve("two/index.html")))
        .contains("the protocol is original here and vga there");
  }

  @Test
  void aProtocolWhoseNameDoesNotTellItIsCalledByItsRules() throws IOException {
    Files.writeString(
        folder.resolve("table/_run.json"),
        """
        {"options": {"protocol": "custom"},
         "rules": {"inputs": ["long side 800", "long side 800 mirrored"], "merge": "vote"}}
        """);
    assertThat(run()).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString())
        .contains("protocol custom (long side 800, long side 800 mirrored; vote)");
  }

  @Test
  void aDamagedReportIsNotComparedWith() throws IOException {
    assertThat(run("--report", path("one"))).isEqualTo(ExitStatus.DONE);
    Path metrics = folder.resolve("one/metrics.json");
    String whole = Files.readString(metrics);
    for (String damaged :
        List.of(
            "",
            "[]",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"metrics\"", "\"numbers\""),
            whole.replaceFirst("\"value\" : [0-9.]+", "\"value\" : \"high\""),
            whole.replaceFirst("\"faces\" : [0-9]+,?\\s*}", "\"faces\" : \"all\"}"))) {
      Files.writeString(metrics, damaged);
      assertThat(run("--compare", path("one")))
          .as("%s: %s", damaged, err)
          .isEqualTo(ExitStatus.USAGE);
      assertThat(err.toString())
          .contains("--compare " + path("one") + " can't be used, so nothing was evaluated");
      // Hadoop's own, by which it knows the first of these.
      Files.deleteIfExists(folder.resolve("one/.metrics.json.crc"));
    }
    assertThat(err.toString())
        .contains("field 'metrics' is missing")
        .contains("value is \"high\", and no number");
  }

  @Test
  void aReportIsNotOverwrittenUnasked() {
    assertThat(run("--report", path("report"))).isEqualTo(ExitStatus.DONE);
    assertThat(run("--report", path("report"))).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("isn't empty").contains("--overwrite");
    assertThat(run("--report", path("report"), "--overwrite")).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void wrongDataIsStatusThree() {
    int status =
        command("--detections", path("table"), "--ground-truth", path("images"), "--split", "test");
    assertThat(status).isEqualTo(ExitStatus.DATA);
    assertThat(err.toString()).contains("no ground truth of split \"test\"");
  }

  @Test
  void listsAreReadAsPeopleWriteThem() throws IOException {
    Files.writeString(folder.resolve("list.txt"), "\uFEFF/e/a.jpg\r\n");
    assertThat(run("--images", path("list.txt"))).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).containsPattern("AP +50\\.00");
  }

  @Test
  void filesThatAreNotUnderstoodAreStatusThree() throws IOException {
    Files.createDirectories(folder.resolve("files/e"));
    Files.writeString(folder.resolve("files/e/a.txt"), "face 0.9 10 10 30 30\n");
    int status =
        command(
            "--detections",
            path("files"),
            "--format",
            "widerface",
            "--ground-truth",
            folder.toString());
    assertThat(status).isEqualTo(ExitStatus.DATA);
    assertThat(err.toString()).contains("an AP would be one of nothing");
    Files.writeString(folder.resolve("files/e/a.txt"), "10 10 30 30 0.9\n9 9 10 10 0.1\n");
    assertThat(
            command(
                "--detections",
                path("files"),
                "--format",
                "widerface",
                "--detection-layout",
                "boxes",
                "--detection-boxes",
                "xyxy",
                "--ground-truth",
                folder.toString()))
        .isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).containsPattern("AP +50\\.00");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(run("--images", path("absent.txt"))).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("absent.txt");
    int status = command("--detections", path("absent"), "--ground-truth", folder.toString());
    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("there is nothing at --detections");
  }

  @Test
  void aTableInTheMakingIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("table/_chunks"));
    Files.createFile(folder.resolve("table/_chunks/_publishing"));
    assertThat(run()).isNotEqualTo(ExitStatus.DONE);
    assertThat(err.toString()).contains("is being published").contains("Wait for the run");
  }

  @Test
  void anUnknownDialectIsNamedWithTheKnownOnes() {
    assertThat(run("--dialect", "octave")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("--dialect 'octave' is unknown; it may be matlab, matlab-double, python");
  }

  private int run(String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "--detections";
    all[1] = path("table");
    all[2] = "--ground-truth";
    all[3] = folder.toString();
    System.arraycopy(more, 0, all, 4, more.length);
    return command(all);
  }

  private int command(String... arguments) {
    return new CommandLine(new EvaluateCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(failure.getMessage());
              return failure instanceof org.retinaspark.job.UsageException
                  ? ExitStatus.USAGE
                  : ExitStatus.FAULT;
            })
        .execute(arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
