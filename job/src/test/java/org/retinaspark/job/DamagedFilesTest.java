package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell sees where somebody cut, edited or deleted a file that is read back. */
class DamagedFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path photos;
  private Path model;

  @BeforeEach
  void prepare() {
    LocalSpark.session();
    photos = folder.resolve("photos");
    model = Photos.model(folder.resolve("tiny.onnx"));
  }

  @Test
  void lostPartOfAChunkOfAnArchiveIsDoneAgain() throws IOException {
    zip("a.zip", 6);
    zip("b.zip", 5);
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(photos.resolve("c.zip")))) {
      zip.putNextEntry(new ZipEntry("broken.jpg"));
      zip.write("no image".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(detect("whole")).isEqualTo(ExitStatus.DONE);
    assertThat(rows("whole")).hasSize(12);
    String[] small = {"--checkpoint-images", "1", "--max-failure-rate", "0"};
    assertThat(detect("faces", small)).isEqualTo(ExitStatus.DATA);
    Path chunks = folder.resolve("faces/_chunks");
    Files.delete(parts(chunks.resolve("001-000001")).get(0));
    Path part = parts(chunks.resolve("001-000002")).get(0);
    Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 1000));
    Files.write(chunks.resolve("001-000003.json.gz"), new byte[3]);

    assertThat(detect("faces", "--resume")).as(errors.toString()).isEqualTo(ExitStatus.DONE);

    assertThat(rows("faces")).isEqualTo(rows("whole"));
    JsonNode damaged = manifest("faces").path("damaged");
    assertThat(damaged).hasSize(3);
    assertThat(damaged.findValuesAsText("part"))
        .containsExactlyInAnyOrder("001-000001", "001-000002", "001-000003.json.gz");
    assertThat(damaged.findValuesAsText("reason"))
        .anyMatch(reason -> reason.matches("0 of its [156] rows are there"))
        .anyMatch(reason -> reason.startsWith("its rows can't be read: "))
        .contains("it is not whole: Not in GZIP format");
  }

  @Test
  void withoutManifestTheTableIsShownButNotAddedTo() throws IOException {
    Photos.write(photos.resolve("one.png"), 1);
    assertThat(detect("faces")).isEqualTo(ExitStatus.DONE);
    Path manifest = folder.resolve("faces/_run.json");
    byte[] whole = Files.readAllBytes(manifest);
    Files.delete(manifest);
    requireShownButNotAddedTo("the table has no _run.json", "without _run.json");
    for (String content :
        List.of("", "{", "[]", "null", "12", new String(whole, 0, 90, StandardCharsets.UTF_8))) {
      Files.writeString(manifest, content);
      requireShownButNotAddedTo("_run.json' can't be used", "_run.json' can't be used");
    }
  }

  @Test
  void editedFieldsAreNamedWithTheirValues() throws IOException {
    Photos.write(photos.resolve("one.png"), 1);
    assertThat(detect("faces")).isEqualTo(ExitStatus.DONE);
    Photos.write(photos.resolve("two.png"), 1);
    requireNamed(run -> options(run).put("orientation", "SIDEWAYS"), "orientation", "SIDEWAYS");
    requireNamed(run -> options(run).putNull("orientation"), "orientation", "null");
    requireNamed(run -> options(run).put("orientation", 5), "orientation", "5");
    requireRefused(run -> run.putNull("providers"), "providers");
    requireRefused(run -> run.put("providers", "cpu"), "providers");
    requireRefused(run -> run.putArray("providers"), "providers");
    requireRefused(run -> run.remove("columns"), "columns");
    requireRefused(run -> run.put("input", 3), "input");
    requireRefused(run -> run.putNull("run"), "run");
    requireRefused(run -> run.putNull("model"), "model");
    requireRefused(run -> ((ObjectNode) run.path("model")).remove("sha256"), "sha256");
    requireRefused(run -> ((ObjectNode) run.path("model")).put("sha256", "0"), "SHA-256");
    requireRefused(run -> run.put("options", "none"), "options");
  }

  @Test
  void unreadablePartOfATableIsNamed() throws IOException {
    Photos.write(photos.resolve("one.png"), 1);
    assertThat(detect("faces")).isEqualTo(ExitStatus.DONE);
    Path part = parts(folder.resolve("faces")).get(0);
    Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 500));
    requireUsage(preview(), part.getFileName() + "' can't be read", "Restore the file");
    int export =
        run("export", "--detections", uri("faces"), "--format", "coco", "--output", uri("coco"));
    requireUsage(export, part.getFileName() + "' can't be read", "Restore the file");
    requireUsage(detect("faces", "--resume"), part.getFileName().toString(), "Restore the file");
  }

  private void requireShownButNotAddedTo(String shown, String refused) {
    assertThat(preview()).isEqualTo(ExitStatus.DONE);
    assertThat(message()).contains("warning: ").contains(shown).contains("unknown");
    requireUsage(detect("faces", "--resume"), refused, "Restore the file");
    requireUsage(detect("faces", "--retry-failed"), refused, "--overwrite");
  }

  /** The page is made, with a warning of the field. */
  private void requireNamed(Consumer<ObjectNode> edit, String field, String value)
      throws IOException {
    String whole = edit(edit);
    assertThat(preview()).isEqualTo(ExitStatus.DONE);
    assertThat(message()).contains("options." + field).contains(value);
    requireUsage(detect("faces", "--resume"), field);
    Files.writeString(folder.resolve("faces/_run.json"), whole);
  }

  private void requireRefused(Consumer<ObjectNode> edit, String field) throws IOException {
    String whole = edit(edit);
    requireUsage(detect("faces", "--resume"), field, "nothing was done");
    Files.writeString(folder.resolve("faces/_run.json"), whole);
  }

  private void requireUsage(int status, String... parts) {
    String message = message();
    assertThat(message).contains(parts).doesNotContain("a fault of ours", "Exception");
    assertThat(status).as(message).isEqualTo(ExitStatus.USAGE);
  }

  private String edit(Consumer<ObjectNode> edit) throws IOException {
    Path file = folder.resolve("faces/_run.json");
    String whole = Files.readString(file);
    ObjectNode run = (ObjectNode) JSON.readTree(whole);
    edit.accept(run);
    Files.writeString(file, run.toString());
    return whole;
  }

  private static ObjectNode options(ObjectNode run) {
    return (ObjectNode) run.path("options");
  }

  /** What was said since the last time. */
  private String message() {
    String message = errors.toString();
    errors.getBuffer().setLength(0);
    return message;
  }

  private void zip(String archive, int images) throws IOException {
    Files.createDirectories(photos);
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(photos.resolve(archive)))) {
      for (int image = 0; image < images; image++) {
        zip.putNextEntry(new ZipEntry("photo " + image + ".png"));
        Files.copy(Photos.write(folder.resolve("member.png"), image % 3), zip);
      }
    }
  }

  private int detect(String table, String... more) {
    List<String> arguments = new ArrayList<>(List.of("detect", "--input", photos.toString()));
    arguments.addAll(List.of("--output", uri(table), "--model", model.toString()));
    arguments.addAll(List.of("--provider", "cpu", "--progress", "none"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int preview() {
    return run("preview", "--detections", uri("faces"), "--output", uri("page"), "--overwrite");
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(output, true), new PrintWriter(errors, true), arguments);
  }

  private String uri(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> rows(String table) {
    return LocalSpark.session()
        .read()
        .parquet(uri(table))
        .orderBy("image")
        .toJSON()
        .collectAsList();
  }

  private JsonNode manifest(String table) throws IOException {
    return JSON.readTree(folder.resolve(table).resolve("_run.json").toFile());
  }

  private static List<Path> parts(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
    }
  }
}
