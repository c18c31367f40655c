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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** {@code crop} from the command line to what stands on the disk. */
class CropCommandTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path photos;

  @BeforeEach
  void prepare() {
    LocalSpark.session();
    photos = folder.resolve("photos");
  }

  @Test
  void everyFaceIsARow() throws IOException {
    Photos.write(photos.resolve("a b/two.png"), 2);
    Photos.write(photos.resolve("none.png"), 0);
    Files.writeString(photos.resolve("broken.jpg"), "no photo");
    detect();
    assertThat(crop("--encoding", "png")).as(errors.toString()).isEqualTo(ExitStatus.DONE);

    List<Row> rows = rows();
    assertThat(rows).hasSize(2);
    for (int face = 0; face < 2; face++) {
      Row row = rows.get(face);
      assertThat(row.<String>getAs("image")).isEqualTo("a b/two.png");
      assertThat(row.<Integer>getAs("index")).isEqualTo(face);
      assertThat(row.<Float>getAs("score")).isGreaterThan(0.9f);
      assertThat(row.<Row>getAs("error")).isNull();
      assertThat(row.<Integer>getAs("width")).isEqualTo(112);
      BufferedImage crop = ImageIO.read(new ByteArrayInputStream(row.getAs("crop")));
      assertThat(crop.getWidth()).isEqualTo(112);
      // The landmarks are a fifth of the square from its centre, and the square is white.
      for (int[] at : new int[][] {{38, 52}, {73, 52}, {56, 72}, {42, 92}, {71, 92}}) {
        assertThat(crop.getRGB(at[0], at[1])).isEqualTo(0xFFFFFFFF);
      }
      assertThat(crop.getRGB(2, 2)).isEqualTo(0xFF000000);
    }
    JsonNode counts = manifest().path("counts");
    assertThat(counts.path("crops").asInt()).isEqualTo(2);
    assertThat(counts.path("images").asInt()).isEqualTo(3);
    assertThat(counts.path("failedImages").asInt()).isEqualTo(1);
    assertThat(manifest().path("run").asText()).isNotEmpty();
    assertThat(output.toString())
        .contains("2 crops of 1 images", "1 images of the table had failed");
  }

  @Test
  void cropsInFilesGoByTheKeysOfImages() throws IOException {
    Photos.write(photos.resolve("a b/two.png"), 2);
    Photos.write(photos.resolve("one.png"), 1);
    detect();
    assertThat(crop("--format", "files")).isEqualTo(ExitStatus.DONE);
    assertThat(files())
        .contains("a%20b/two.png~0.jpg", "a%20b/two.png~1.jpg", "one.png~0.jpg", "_crops.json");
    assertThat(crop("--format", "files")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("exists already: nothing was done");
    assertThat(crop("--format", "tar", "--overwrite")).isEqualTo(ExitStatus.DONE);
    assertThat(files()).noneMatch(file -> file.endsWith(".jpg")).anyMatch(f -> f.endsWith(".tar"));
  }

  @Test
  void archivesAndTablesGiveTheSameCrops() throws IOException {
    Path one = Photos.write(folder.resolve("one.png"), 1);
    Path two = Photos.write(folder.resolve("two.png"), 2);
    List<byte[]> loose = new ArrayList<>();
    Photos.write(photos.resolve("one.png"), 1);
    Photos.write(photos.resolve("two.png"), 2);
    detect();
    assertThat(crop()).isEqualTo(ExitStatus.DONE);
    rows().forEach(row -> loose.add(row.getAs("crop")));

    Path many = Files.createDirectories(folder.resolve("many"));
    tar(many.resolve("x.tar"), one, two);
    zip(many.resolve("y.zip"), one, two);
    detect(many);
    assertThat(crop("--overwrite")).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(rows().stream().map(row -> row.<String>getAs("image")))
        .containsExactly(
            "x.tar/one.png",
            "x.tar/two.png",
            "x.tar/two.png",
            "y.zip/one.png",
            "y.zip/two.png",
            "y.zip/two.png");
    List<byte[]> twice = new ArrayList<>(loose);
    twice.addAll(loose);
    assertThat(rows().stream().map(row -> row.<byte[]>getAs("crop")).toList())
        .usingRecursiveComparison()
        .isEqualTo(twice);

    Path table = folder.resolve("table");
    table(table, one, two);
    detect(table, "--input-format", "parquet");
    assertThat(crop("--overwrite")).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(rows().stream().map(row -> row.<byte[]>getAs("crop")).toList())
        .usingRecursiveComparison()
        .isEqualTo(loose);
  }

  @Test
  void movedPhotosAreFoundByInput() throws IOException {
    Photos.write(photos.resolve("d/one.png"), 1);
    detect();
    Path moved = Files.move(photos, folder.resolve("moved"));
    assertThat(crop("--input", moved.toString())).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(rows().get(0).<Row>getAs("error")).isNull();
    assertThat(crop("--overwrite", "--input", "" + moved, "" + moved)).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("--input has 2 locations");
  }

  @Test
  void photosThatAreGoneOrOthersAreCounted() throws IOException {
    Photos.write(photos.resolve("gone.png"), 1);
    Photos.write(photos.resolve("other.png"), 1);
    Photos.write(photos.resolve("same.png"), 1);
    detect();
    Files.delete(photos.resolve("gone.png"));
    Files.copy(
        Photos.write(folder.resolve("wide.png"), 3),
        photos.resolve("other.png"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    // As another tool would have written it: of the length that the table tells.
    assertThat(crop("--max-failure-rate", "0.5")).isEqualTo(ExitStatus.DATA);
    assertThat(errors.toString()).contains("2 of 3 faces got no crop", "nothing was published");
    assertThat(folder.resolve("crops")).doesNotExist();

    assertThat(crop()).isEqualTo(ExitStatus.DONE);
    TreeMap<String, String> reasons = new TreeMap<>();
    for (Row row : rows()) {
      Row error = row.getAs("error");
      reasons.put(
          row.getAs("image"),
          error == null ? "ok" : error.getAs("stage") + "/" + error.getAs("code"));
    }
    assertThat(reasons).containsEntry("gone.png", "read/not_found").containsEntry("same.png", "ok");
    assertThat(reasons.get("other.png")).isNotEqualTo("ok");
    assertThat(output.toString()).contains("failed read/not_found: 1");
  }

  @Test
  void whatIsAskedAndCantBeHadIsTold() throws IOException {
    Photos.write(photos.resolve("one.png"), 1);
    detect();
    assertThat(crop("--max-yaw", "30")).isEqualTo(ExitStatus.USAGE);
    assertThat(crop("--size", "4")).isEqualTo(ExitStatus.USAGE);
    assertThat(crop("--margin", "-1")).isEqualTo(ExitStatus.USAGE);
    assertThat(crop("--quality", "0")).isEqualTo(ExitStatus.USAGE);
    Path broken = Files.writeString(folder.resolve("points.txt"), "112 1 2 three");
    assertThat(crop("--template", broken.toString())).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString())
        .contains("has a pose", "--size is 4", "--margin is -1.0", "--quality is 0", "\"three\"");
    assertThat(folder.resolve("crops")).doesNotExist();
    assertThat(crop("--min-face", "33")).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString()).contains("0 crops of 0 images", "left out, too small: 1");
  }

  private void detect() throws IOException {
    detect(photos);
  }

  private void detect(Path input, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("detect", "--input", input.toString()));
    arguments.addAll(List.of("--output", uri("faces"), "--overwrite", "--progress", "none"));
    arguments.addAll(List.of("--model", "" + Photos.model(folder.resolve("tiny.onnx"))));
    arguments.addAll(List.of(more));
    assertThat(run(arguments)).as(errors.toString()).isEqualTo(ExitStatus.DONE);
  }

  private int crop(String... more) {
    List<String> arguments = new ArrayList<>(List.of("crop", "--detections", uri("faces")));
    arguments.addAll(List.of("--output", uri("crops"), "--retry-time", "0"));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private int run(List<String> arguments) {
    return Main.run(
        new PrintWriter(output, true),
        new PrintWriter(errors, true),
        arguments.toArray(String[]::new));
  }

  private String uri(String name) {
    return folder.resolve(name).toString();
  }

  private List<Row> rows() {
    return LocalSpark.session()
        .read()
        .parquet(uri("crops"))
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

  private static void tar(Path archive, Path... members) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      for (Path member : members) {
        tar.putArchiveEntry(new TarArchiveEntry(member, member.getFileName().toString()));
        Files.copy(member, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private static void zip(Path archive, Path... members) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Path member : members) {
        zip.putNextEntry(new ZipEntry(member.getFileName().toString()));
        Files.copy(member, zip);
      }
    }
  }

  private static void table(Path table, Path... members) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Path member : members) {
      rows.add(RowFactory.create(member.getFileName().toString(), Files.readAllBytes(member)));
    }
    LocalSpark.session()
        .createDataFrame(rows, new StructType().add("key", "string").add("content", "binary"))
        .coalesce(1)
        .write()
        .parquet(table.toString());
  }
}
