package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;

/** A killed run goes on where it was, and nobody can see from the table that it was killed. */
class ResumeTest {

  private static final int CHUNK = 3;

  /** Moments of death, spread over all changes that a run makes on the disk. */
  private static final int DEATHS = 5;

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private Path photos;
  private Path model;

  @BeforeEach
  void prepare() throws IOException {
    MortalFileSystem.register(spark.sparkContext().hadoopConfiguration());
    MortalFileSystem.live(Long.MAX_VALUE);
    photos = folder.resolve("photos");
    model = Photos.model(folder.resolve("tiny.onnx"));
    for (int photo = 0; photo < 9; photo++) {
      Photos.write(photos.resolve("photo " + photo + ".png"), photo % 3);
    }
    Files.writeString(photos.resolve("broken.jpg"), "no image");
  }

  @AfterEach
  void revive() {
    MortalFileSystem.live(Long.MAX_VALUE);
  }

  @Test
  void diesAnywhereAndGoesOn() throws IOException {
    long alive = MortalFileSystem.left();
    detect("whole");
    long changes = alive - MortalFileSystem.left();
    List<String> expected = rows("whole");

    for (int death = 0; death < DEATHS; death++) {
      String output = "dies" + death;
      long life = changes * death / DEATHS;
      MortalFileSystem.live(life);
      assertThatThrownBy(() -> detect(output)).as("after %d", life).isNotNull();
      MortalFileSystem.live(Long.MAX_VALUE);
      expireLock(output);

      DetectResult result = detect(output, "--resume");

      assertThat(rows(output)).as("after %d of %d changes", life, changes).isEqualTo(expected);
      assertThat(result.work().unitsBefore() + result.work().unitsNow()).isEqualTo(10);
      assertThat(names(output)).noneMatch(name -> name.matches("_(chunks|temporary).*"));
    }
  }

  @Test
  void diesWhileAnOldTableIsReplacedOrMended() throws IOException {
    detect("table");
    Photos.write(photos.resolve("broken.jpg"), 2);
    long alive = MortalFileSystem.left();
    detect("table", "--retry-failed");
    long changes = alive - MortalFileSystem.left();

    for (String policy : List.of("--retry-failed", "--overwrite")) {
      for (int death = 3; death < 5; death++) {
        String output = policy.substring(2) + "-" + death;
        Files.writeString(photos.resolve("broken.jpg"), "no image");
        detect(output);
        Photos.write(photos.resolve("broken.jpg"), 2);
        MortalFileSystem.live(changes * death / 5);
        assertThatThrownBy(() -> detect(output, policy)).isNotNull();
        MortalFileSystem.live(Long.MAX_VALUE);
        expireLock(output);

        detect(output, "--retry-failed");

        assertThat(withoutTimes(output)).as(output).isEqualTo(withoutTimes("table"));
      }
    }
  }

  @Test
  void countsWhatWasDoneBefore() throws IOException {
    MortalFileSystem.live(70);
    assertThatThrownBy(() -> detect("faces")).isNotNull();
    MortalFileSystem.live(Long.MAX_VALUE);
    assertThatThrownBy(() -> detect("faces")).isInstanceOf(UnusableLocationException.class);
    expireLock("faces");
    assertThatThrownBy(() -> detect("faces"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("holds an unfinished run")
        .hasMessageContaining("--resume");
    assertThatThrownBy(() -> location("faces").read(spark))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has not published its table yet");

    DetectResult result = detect("faces", "--resume");

    JsonNode work = manifest("faces").path("work");
    assertThat(work.path("resumed").asInt()).isEqualTo(1);
    assertThat(work.path("chunks").asInt()).isEqualTo(4);
    assertThat(work.path("unitsBefore").asLong()).isEqualTo(result.work().unitsBefore());
    assertThat(work.path("unitsNow").asLong()).isEqualTo(result.work().unitsNow());
    JsonNode sittings = manifest("faces").path("sittings");
    assertThat(sittings).hasSize(2);
    assertThat(sittings.get(0).path("seconds").asDouble()).as("of the killed one").isPositive();
    assertThat(sittings.get(1).path("seconds").asDouble())
        .isGreaterThanOrEqualTo(result.seconds() - 0.1);
    assertThat(sittings.findValuesAsText("application"))
        .containsOnly(spark.sparkContext().applicationId());
  }

  @Test
  void finishedRunHasNothingToDo() throws IOException {
    detect("faces", "--resume");
    List<String> before = names("faces");

    DetectResult result = detect("faces", "--resume");

    assertThat(result.work().unitsNow()).isZero();
    assertThat(result.images()).isEqualTo(10);
    assertThat(names("faces")).isEqualTo(before);
  }

  @Test
  void newImagesAreAddedAndVanishedOnesStay() throws IOException {
    detect("faces");
    List<String> before = names("faces");
    Files.delete(photos.resolve("photo 0.png"));
    Photos.write(photos.resolve("new.png"), 1);

    DetectResult result = detect("faces", "--resume");

    assertThat(result.images()).isEqualTo(11);
    assertThat(result.work()).isEqualTo(new DetectResult.Work(1, 0, 10, 1, 1, 1, null));
    assertThat(names("faces")).containsAll(before);
    assertThat(rows("faces")).hasSize(11);
  }

  @Test
  void failedImagesAreDoneAgainOnlyOnRequest() throws IOException {
    detect("faces");

    assertThat(detect("faces", "--resume").work().unitsNow()).isZero();
    DetectResult result = detect("faces", "--retry-failed");

    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.images()).isEqualTo(10);
    assertThat(result.work().unitsNow()).isEqualTo(1);
    assertThat(rows("faces")).hasSize(10);
  }

  @Test
  void changedImagesAreDoneAgain() throws IOException {
    detect("faces");
    Photos.write(photos.resolve("photo 0.png"), 2);
    Photos.write(photos.resolve("broken.jpg"), 1);
    detect("anew");
    List<String> old = rows("faces");

    assertThatThrownBy(() -> detect("faces", "--resume", "--changed", "refuse"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("2 files were written anew since they were done ('broken.jpg', ")
        .hasMessageContaining("nothing was done");
    assertThat(detect("faces", "--resume", "--changed", "keep").work().unitsNow()).isZero();
    assertThat(rows("faces")).isEqualTo(old);

    DetectResult result = detect("faces", "--resume");

    assertThat(result.work()).isEqualTo(new DetectResult.Work(1, 0, 8, 2, 2, 0, null));
    assertThat(rows("faces")).isEqualTo(rows("anew"));
  }

  @Test
  void changedArchivesAreDoneAgainWithAllTheirMembers() throws IOException {
    Path shards = Files.createDirectories(folder.resolve("shards"));
    photos = shards;
    zip(shards.resolve("a.zip"), "gone.png", 1, "stays.png", 2);
    zip(shards.resolve("b.zip"), "other.png", 1);
    detect("faces");
    zip(shards.resolve("a.zip"), "stays.png", 1, "new.png", 2);
    detect("anew");

    DetectResult result = detect("faces", "--resume");

    assertThat(result.work()).isEqualTo(new DetectResult.Work(1, 0, 1, 1, 2, 0, null));
    assertThat(rows("faces")).isEqualTo(rows("anew")).hasSize(3);
  }

  @Test
  void otherSettingsAreRefusedByName() throws IOException {
    detect("faces");
    DetectConfig other =
        config(
            "faces", "--resume", "--protocol", "vga", "--score-threshold", "0.5", "--split", "x");

    assertThatThrownBy(() -> action(other).execute())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--protocol was original, is vga")
        .hasMessageContaining("--score-threshold was 0.02, is 0.5")
        .hasMessageContaining("--split was not given, is x")
        .hasMessageContaining("nothing was done")
        .message()
        .doesNotContain("--nms-threshold", "--model");
  }

  @Test
  void providersAreMixedOnlyOnRequest() throws IOException {
    detect("faces");
    Path file = folder.resolve("faces/_run.json");
    ObjectNode manifest = (ObjectNode) manifest("faces");
    manifest.putArray("providers").add("cuda");
    Files.writeString(file, manifest.toString());
    Photos.write(photos.resolve("new.png"), 1);

    assertThatThrownBy(() -> detect("faces", "--resume"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("holds rows of provider cuda, and this run has cpu")
        .hasMessageContaining("--mix-providers");
    assertThat(detect("faces", "--resume", "--mix-providers").images()).isEqualTo(11);

    assertThat(manifest("faces").path("providers")).hasToString("[\"cpu\",\"cuda\"]");
  }

  @Test
  void rowsOfAnEarlierRetinaSparkAreRefused() throws IOException {
    detect("faces");
    Path manifest = folder.resolve("faces/_run.json");
    Files.writeString(
        manifest, "{\"model\": {\"sha256\": \"0\"}, \"thresholds\": {\"score\": 0.02}}");

    assertThatThrownBy(() -> detect("faces", "--resume"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("names no options")
        .hasMessageContaining("begin again with --overwrite");
    assertThat(detect("faces", "--overwrite").images()).isEqualTo(10);
  }

  @Test
  void filesAreFewHoweverManyTheChunks() throws IOException {
    detect("faces");

    assertThat(names("faces").stream().filter(name -> name.startsWith("part-"))).hasSize(1);
  }

  private void zip(Path archive, Object... namesAndSquares) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (int index = 0; index < namesAndSquares.length; index += 2) {
        Path photo = Photos.write(folder.resolve("member.png"), (int) namesAndSquares[index + 1]);
        zip.putNextEntry(new ZipEntry((String) namesAndSquares[index]));
        Files.copy(photo, zip);
      }
    }
    // Within the same moment as the one before, the time would not tell them apart.
    Files.setLastModifiedTime(
        archive, FileTime.fromMillis(1_000_000_000_000L + Files.size(archive)));
  }

  private DetectResult detect(String output, String... options) throws IOException {
    return action(config(output, options)).execute();
  }

  private DetectAction action(DetectConfig config) {
    return new DetectAction(spark, config, new PrintWriter(Writer.nullWriter()));
  }

  private DetectConfig config(String output, String... options) {
    List<String> more = new ArrayList<>(List.of("--checkpoint-images", "" + CHUNK));
    more.addAll(List.of(options));
    return DetectConfigs.of(photos, uri(output), model, more.toArray(String[]::new));
  }

  /** Makes the lock of a run that died as old as it is when nobody renews it. */
  private void expireLock(String output) throws IOException {
    Path locks = folder.resolve(output).resolve("_lock");
    if (Files.exists(locks)) {
      try (Stream<Path> files = Files.list(locks)) {
        for (Path lock : files.toList()) {
          Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }
      }
    }
  }

  private String uri(String output) {
    return "mortal://" + folder.resolve(output);
  }

  private TableLocation location(String output) {
    return TableLocation.of(uri(output), spark.sparkContext().hadoopConfiguration());
  }

  private List<String> rows(String output) {
    return location(output).read(spark).orderBy("image").toJSON().collectAsList();
  }

  private List<String> withoutTimes(String output) {
    return location(output).read(spark).drop("modified").orderBy("image").toJSON().collectAsList();
  }

  private JsonNode manifest(String output) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(output).resolve("_run.json").toFile());
  }

  private List<String> names(String output) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(output))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
