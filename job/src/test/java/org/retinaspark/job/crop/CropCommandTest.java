package org.retinaspark.job.crop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.SparkAttempt;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** {@code crop} from the command line to what stands on the disk. */
class CropCommandTest {

  /** A table with poses, of which no test changes anything; each costs seconds. */
  @TempDir private static Path shared;

  @TempDir private Path folder;
  private static final StringWriter output = new StringWriter();
  private static final StringWriter errors = new StringWriter();

  @BeforeAll
  static void makeTable() throws IOException {
    LocalSpark.session();
    Path photos = shared.resolve("photos");
    Photos.write(photos.resolve("a b/two.png"), 2);
    Photos.write(photos.resolve("none.png"), 0);
    Photos.write(photos.resolve("one.png"), 1);
    Files.writeString(photos.resolve("broken.jpg"), "no photo");
    detect(photos, shared.resolve("faces"), "--details", "pose");
  }

  @BeforeEach
  void forget() {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
  }

  @Test
  void everyFaceIsARow() throws IOException {
    assertThat(crop("--encoding", "png")).as(errors.toString()).isEqualTo(ExitStatus.DONE);

    List<Row> rows = rows();
    assertThat(rows).hasSize(3);
    for (int face = 0; face < 2; face++) {
      Row row = rows.get(face);
      assertThat(row.<String>getAs("image")).isEqualTo("a b/two.png");
      assertThat(row.<Integer>getAs("index")).isEqualTo(face);
      assertThat(row.<Float>getAs("score")).isGreaterThan(0.9f);
      assertThat(row.<Row>getAs("error")).isNull();
      assertThat(row.<Integer>getAs("width")).isEqualTo(112);
      BufferedImage crop = picture(row);
      assertThat(crop.getWidth()).isEqualTo(112);
      // The landmarks are a fifth of the square from its centre, and the square is white.
      for (int[] at : new int[][] {{38, 52}, {73, 52}, {56, 72}, {42, 92}, {71, 92}}) {
        assertThat(crop.getRGB(at[0], at[1])).isEqualTo(0xFFFFFFFF);
      }
      assertThat(crop.getRGB(2, 2)).isEqualTo(0xFF000000);
    }
    JsonNode counts = manifest().path("counts");
    assertThat(counts.path("crops").asInt()).isEqualTo(3);
    assertThat(counts.path("images").asInt()).isEqualTo(4);
    assertThat(counts.path("failedImages").asInt()).isEqualTo(1);
    assertThat(manifest().path("run").asText()).isNotEmpty();
    assertThat(output.toString())
        .contains("3 crops of 2 images", "1 images of the table had failed");
  }

  @Test
  void cropsInFilesGoByTheKeysOfImages() throws IOException {
    assertThat(crop("--format", "files")).isEqualTo(ExitStatus.DONE);
    assertThat(files())
        .contains("a%20b/two.png~0.jpg", "a%20b/two.png~1.jpg", "one.png~0.jpg", "_crops.json")
        .noneMatch(file -> file.endsWith(".crc"));
    assertThat(crop("--format", "files")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("exists already: nothing was done");
    assertThat(crop("--format", "tar", "--overwrite")).isEqualTo(ExitStatus.DONE);
    assertThat(files()).noneMatch(file -> file.endsWith(".jpg")).anyMatch(f -> f.endsWith(".tar"));
  }

  @Test
  void archivesAndTablesGiveTheSameCrops() throws IOException {
    assertThat(crop()).isEqualTo(ExitStatus.DONE);
    List<byte[]> loose = List.of(crops().get(2), crops().get(0), crops().get(1));

    Path one = shared.resolve("photos/one.png");
    Path two = shared.resolve("photos/a b/two.png");
    Path many = Files.createDirectories(folder.resolve("many"));
    PhotoContainers.tar(many.resolve("x.tar"), one, two);
    PhotoContainers.zip(many.resolve("y.zip"), one, two);
    Path found = detect(many, folder.resolve("faces"));
    assertThat(cropOf(found, "--overwrite")).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(rows().stream().map(row -> row.<String>getAs("image")))
        .containsExactly(
            "x.tar/one.png",
            "x.tar/two.png",
            "x.tar/two.png",
            "y.zip/one.png",
            "y.zip/two.png",
            "y.zip/two.png");
    List<byte[]> crops = crops();
    assertThat(crops.subList(0, 3)).usingRecursiveComparison().isEqualTo(loose);
    assertThat(crops.subList(3, 6)).usingRecursiveComparison().isEqualTo(loose);

    assertThat(cropOf(found, "--overwrite", "--max-yaw", "30")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("no face of", "has a pose", "nothing was done");

    Path table = folder.resolve("table");
    PhotoContainers.table(table, one, two);
    detect(table, found, "--input-format", "parquet");
    assertThat(cropOf(found, "--overwrite")).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(crops()).usingRecursiveComparison().isEqualTo(loose);
  }

  @Test
  void photosThatMovedAreFoundAndThoseThatAreGoneOrOthersCounted() throws IOException {
    Path moved = folder.resolve("moved");
    Photos.write(moved.resolve("a b/two.png"), 3); // larger than the one of the table
    assertThat(crop("--input", "" + moved, "" + moved)).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("--input has 2 locations");
    assertThat(crop("--input", "" + moved, "--max-failure-rate", "0.9")).isEqualTo(ExitStatus.DATA);
    assertThat(errors.toString())
        .contains("3 of 3 faces got no crop", "crop/changed=2", "nothing was published");
    assertThat(folder.resolve("crops")).doesNotExist();

    Photos.write(moved.resolve("a b/two.png"), 2);
    assertThat(crop("--input", "" + moved)).isEqualTo(ExitStatus.DONE);
    assertThat(rows().stream().map(CropCommandTest::outcome))
        .containsExactly("ok", "ok", "read/not_found");
    assertThat(output.toString()).contains("failed read/not_found: 1");
  }

  @Test
  void whatIsAskedAndCantBeHadIsTold() throws IOException {
    assertThat(crop("--size", "4")).isEqualTo(ExitStatus.USAGE);
    assertThat(crop("--margin", "-1")).isEqualTo(ExitStatus.USAGE);
    assertThat(crop("--quality", "0")).isEqualTo(ExitStatus.USAGE);
    Path broken = Files.writeString(folder.resolve("points.txt"), "112 1 2 three");
    assertThat(crop("--template", broken.toString())).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString())
        .contains("--size is 4", "--margin is -1.0", "--quality is 0", "\"three\"");
    assertThat(folder.resolve("crops")).doesNotExist();
    assertThat(crop("--min-face", "33")).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString()).contains("0 crops of 0 images", "left out, too small: 3");
  }

  @Test
  void marginShowsMoreOfTheFirstImages() throws IOException {
    assertThat(crop("--margin", "0.5", "--limit", "1", "--encoding", "png"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows()).hasSize(2).allMatch(row -> row.getAs("image").equals("a b/two.png"));
    BufferedImage crop = picture(rows().get(0));
    assertThat(crop.getWidth()).isEqualTo(112);
    // The square, of 88 pixels without a margin, is half as large about the same centre.
    assertThat(crop.getRGB(28, 64)).isEqualTo(0xFF000000);
    assertThat(crop.getRGB(40, 64)).isEqualTo(0xFFFFFFFF);
    assertThat(crop.getRGB(72, 64)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void templatesAreReadFromFiles() throws IOException {
    Path template =
        Files.writeString(
            folder.resolve("right.txt"),
            "112 # ArcFace, 30 pixels to the right\n68,52 104,52; 86,72 72,92 101,92\n");
    assertThat(
            crop(
                "--template",
                "" + template,
                "--sampling",
                "area",
                "--size",
                "16",
                "--encoding",
                "png"))
        .as(errors.toString())
        .isEqualTo(ExitStatus.DONE);
    BufferedImage crop = picture(rows().get(0));
    assertThat(crop.getWidth()).isEqualTo(16);
    assertThat(crop.getRGB(3, 9)).isEqualTo(0xFF000000);
    assertThat(crop.getRGB(13, 9)).isEqualTo(0xFFFFFFFF);
    assertThat(manifest().path("sampling").asText()).isEqualTo("area");
  }

  @Test
  void turnedHeadsAreLeftOut() throws IOException {
    String[] turned = {"--max-yaw", "180", "--max-pitch", "180", "--max-roll", "180"};
    assertThat(crop(turned)).isEqualTo(ExitStatus.DONE);
    Row pose = rows().get(0).getAs("pose");
    assertThat(rows()).hasSize(3);
    assertThat(pose.<String>getAs("source")).isEqualTo("points");
    double pitch = Math.abs(pose.<Float>getAs("pitch"));
    assertThat(pitch).isGreaterThan(0.1);

    assertThat(crop("--overwrite", "--max-pitch", "" + pitch / 2)).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString()).contains("0 crops of 0 images", "left out, turned too far: 3");
  }

  @Test
  void twoRunsAtOneOutputAreKeptApart() throws IOException {
    TableLocation crops =
        TableLocation.of(
            folder.resolve("crops").toString(),
            LocalSpark.session().sparkContext().hadoopConfiguration());
    try (RunLock other =
        RunLock.acquire(crops, new SparkAttempt("another", 1), Duration.ofMinutes(2))) {
      assertThat(crop("--overwrite")).isEqualTo(ExitStatus.USAGE);
      assertThat(errors.toString()).contains("is being written by another run", "nothing was done");
      other.requireHeld();
    }
  }

  /** A folder that gets an entry, if only for a moment, gets another time too. */
  @Test
  void whatIsRefusedIsNotEvenLocked() throws IOException {
    FileTime longAgo = FileTime.from(Instant.EPOCH);
    Path foreign = Files.createDirectories(folder.resolve("crops"));
    Files.writeString(foreign.resolve("diary.txt"), "somebody's");
    Files.setLastModifiedTime(foreign, longAgo);
    assertThat(crop()).isEqualTo(ExitStatus.USAGE);
    assertThat(crop("--overwrite")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("exists already: nothing was done", "'diary.txt'");
    assertThat(Files.getLastModifiedTime(foreign)).isEqualTo(longAgo);

    Files.delete(foreign.resolve("diary.txt"));
    Files.delete(foreign);
    assertThat(cropOf(folder.resolve("nowhere"))).isEqualTo(ExitStatus.USAGE);
    assertThat(foreign).doesNotExist();
  }

  private static Path detect(Path input, Path table, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("detect", "--input", input.toString()));
    arguments.addAll(List.of("--output", "" + table, "--overwrite", "--progress", "none"));
    arguments.addAll(List.of("--model", "" + Photos.model(shared.resolve("tiny.onnx"))));
    arguments.addAll(List.of(more));
    assertThat(run(arguments)).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    return table;
  }

  private int crop(String... more) {
    return cropOf(shared.resolve("faces"), more);
  }

  private int cropOf(Path table, String... more) {
    List<String> arguments = new ArrayList<>(List.of("crop", "--detections", "" + table));
    arguments.addAll(List.of("--output", folder + "/crops", "--retry-time", "0"));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private static int run(List<String> arguments) {
    return Main.run(
        new PrintWriter(output, true),
        new PrintWriter(errors, true),
        arguments.toArray(String[]::new));
  }

  private static String outcome(Row row) {
    Row error = row.getAs("error");
    return error == null ? "ok" : error.getAs("stage") + "/" + error.getAs("code");
  }

  private static BufferedImage picture(Row row) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(row.getAs("crop")));
  }

  private List<byte[]> crops() {
    return rows().stream().map(row -> row.<byte[]>getAs("crop")).toList();
  }

  private List<Row> rows() {
    return LocalSpark.session()
        .read()
        .parquet(folder + "/crops")
        .orderBy("image", "index")
        .collectAsList();
  }

  private JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("crops/_crops.json").toFile());
  }

  private Set<String> files() throws IOException {
    Path root = folder.resolve("crops");
    try (Stream<Path> all = Files.walk(root)) {
      TreeSet<String> names = new TreeSet<>();
      all.filter(Files::isRegularFile).forEach(file -> names.add(root.relativize(file).toString()));
      return names;
    }
  }
}
