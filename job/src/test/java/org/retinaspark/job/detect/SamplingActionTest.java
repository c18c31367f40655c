package org.retinaspark.job.detect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.heads.FeatureModel;
import org.retinaspark.udf.spark.BroadcastLabels;
import org.retinaspark.udf.train.sampling.LabelledBoxes;
import org.retinaspark.udf.train.sampling.SampleCounts;
import org.retinaspark.udf.train.sampling.SamplingPlan;
import org.retinaspark.udf.train.sampling.TrainingLabels;
import org.retinaspark.udf.train.sampling.WantedSamples;
import org.retinaspark.udf.train.view.ColourUse;
import org.retinaspark.udf.train.view.ViewPlan;

/** Samples of photos of noise, from the files to the table. */
class SamplingActionTest {

  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;
  private static final int HARD = 9;

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private final PatchModel patches = PatchModel.of(1);
  private final Map<String, LabelledBoxes> labels = new HashMap<>();
  private final Map<String, BufferedImage> photos = new HashMap<>();
  private final Set<String> heldOut = new HashSet<>();
  private FeatureModel model;

  @BeforeEach
  void prepare() throws IOException {
    MortalFileSystem.register(spark.sparkContext().hadoopConfiguration());
    MortalFileSystem.live(Long.MAX_VALUE);
    model = patches.write(folder.resolve("patches.onnx"));
    for (int photo = 0; photo < 6; photo++) {
      String name = "photo" + photo + ".png";
      Random random = new Random(photo);
      photos.put(name, noise(random, folder.resolve("photos").resolve(name)));
      float x = random.nextInt(40);
      float[] box = {x, 10, x + 30, 45};
      labels.put(name, new LabelledBoxes(box, new boolean[1]));
    }
  }

  @AfterEach
  void revive() {
    MortalFileSystem.live(Long.MAX_VALUE);
  }

  @Test
  void samplesAreThoseOfLoopsOverAllAnchors() throws IOException {
    SampleCounts counts = new SampleCounts(1000, 0, HARD, 0);
    extract("samples", plan(counts, 1));

    for (Row row : rows("samples")) {
      String photo = row.getAs("image");
      float[] box = requireNonNull(labels.get(photo)).corners();
      List<Row> samples = row.getList(row.fieldIndex("samples"));
      for (int view = 0; view < 2; view++) {
        boolean mirrored = view == 1;
        BufferedImage whole = requireNonNull(photos.get(photo));
        BufferedImage seen = mirrored ? mirrored(whole) : whole;
        NaivePatches naive = new NaivePatches(patches, seen, box);
        Set<NaivePatches.Place> positives = new HashSet<>();
        Set<NaivePatches.Place> negatives = new HashSet<>();
        for (Row sample : samples) {
          if (sample.<Integer>getAs("view") == view) {
            assertThat(sample.<Boolean>getAs("mirrored")).isEqualTo(mirrored);
            NaivePatches.Place place = place(naive, sample, mirrored);
            (sample.<Integer>getAs("face") == 0 ? positives : negatives).add(place);
            assertThat(sample.<Float>getAs("iou"))
                .isCloseTo((float) naive.overlap(place, mirrored), within(1e-4f));
            List<Float> features = sample.getList(sample.fieldIndex("features"));
            double[] expected = naive.features(place);
            for (int channel = 0; channel < expected.length; channel++) {
              assertThat(features.get(channel)).isCloseTo((float) expected[channel], within(1e-3f));
            }
          }
        }
        assertThat(positives).isNotEmpty().isEqualTo(naive.positives(mirrored));
        assertThat(negatives).isEqualTo(naive.hardest(mirrored, PatchModel.miner(2), HARD));
      }
    }
  }

  private static NaivePatches.Place place(NaivePatches naive, Row sample, boolean mirrored) {
    return naive.places().stream()
        .filter(
            place -> {
              float[] anchor = naive.reference(place, mirrored);
              return place.level() == sample.<Integer>getAs("level")
                  && place.size() == sample.<Integer>getAs("size")
                  && anchor[0] == sample.<Float>getAs("x")
                  && anchor[1] == sample.<Float>getAs("y")
                  && anchor[2] == sample.<Float>getAs("width")
                  && anchor[2] == sample.<Float>getAs("height");
            })
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyPhotoHasARowWhateverBecomesOfIt() throws Exception {
    Files.writeString(folder.resolve("photos/broken.png"), "no image");
    labels.put("broken.png", labels.get("photo0.png"));
    labels.put("photo1.png", new LabelledBoxes(new float[0], new boolean[0]));
    labels.remove("photo2.png");
    byte[] evaluated = Files.readAllBytes(folder.resolve("photos/photo3.png"));
    heldOut.add(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(evaluated)));

    DetectResult result =
        extract("samples", plan(new SampleCounts(5, 3, 4, 4), 1, WIDTH * HEIGHT / 2));

    assertThat(result.images()).isEqualTo(7);
    assertThat(result.failures())
        .containsOnly(
            Map.entry("decode/unknown_format", 1L),
            Map.entry("read/unlabelled", 1L),
            Map.entry("read/held_out", 1L));
    Map<String, Row> rows =
        rows("samples").stream().collect(Collectors.toMap(row -> row.getAs("image"), row -> row));
    for (String failed : List.of("broken.png", "photo2.png", "photo3.png")) {
      Row row = requireNonNull(rows.get(failed));
      assertThat(row.isNullAt(row.fieldIndex("samples"))).isTrue();
    }
    Row empty = requireNonNull(rows.get("photo1.png"));
    assertThat(empty.<String>getList(empty.fieldIndex("warnings"))).containsExactly("view_reduced");
    List<Row> negatives = empty.getList(empty.fieldIndex("samples"));
    assertThat(negatives).allMatch(sample -> sample.<Integer>getAs("face") == -1);
    // 68x45 pixels have 9x6, 5x3 and 3x2 cells of two anchors, in each of two views.
    assertThat(negatives.stream().mapToDouble(sample -> sample.<Float>getAs("weight")).sum())
        .isCloseTo(2 * 2 * (54 + 15 + 6), within(1e-3));
  }

  @Test
  void tasksAndDeathsChangeNothing() throws IOException {
    SamplingPlan plan = plan(new SampleCounts(5, 3, 4, 4), 1);
    long alive = MortalFileSystem.left();
    extract("whole", plan, "--checkpoint-images", "2");
    long changes = alive - MortalFileSystem.left();
    List<String> expected = samples("whole");
    MortalFileSystem.live(changes * 2 / 3);
    assertThatThrownBy(() -> extract("dies", plan, "--checkpoint-images", "2")).isNotNull();
    MortalFileSystem.live(Long.MAX_VALUE);
    expireLock("dies");

    DetectResult resumed = extract("dies", plan, "--checkpoint-images", "2", "--resume");
    extract("one", plan);

    assertThat(resumed.work().unitsBefore()).isPositive();
    assertThat(samples("dies")).isEqualTo(expected);
    assertThat(samples("one")).isEqualTo(expected);
    assertThat(extract("one", plan, "--resume").work().unitsNow()).isZero();
  }

  @Test
  void rowsOfOtherLabelsOrSettingsDontGoTogether() throws IOException {
    extract("samples", plan(new SampleCounts(5, 3, 4, 4), 1));
    String manifest = Files.readString(folder.resolve("samples/_run.json"));

    assertThat(manifest).contains("\"sampling\"", "\"labels\"", "\"abc\"", "\"miner\"");
    assertThatThrownBy(() -> extract("samples", plan(new SampleCounts(5, 3, 4, 4), 2), "--resume"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("sampling (seed) was 1, is 2")
        .hasMessageContaining("nothing was done");
  }

  private SamplingPlan plan(SampleCounts counts, long seed) {
    return plan(counts, seed, 1 << 20);
  }

  private SamplingPlan plan(SampleCounts counts, long seed, long mostPixels) {
    List<Flip> flips = List.of(Flip.NONE, Flip.HORIZONTAL);
    return new SamplingPlan(
        new ViewPlan(List.of(1.0), flips, 0, ColourUse.KEPT, mostPixels, 3),
        counts,
        WantedSamples.ALL,
        seed,
        PatchModel.miner(2),
        BroadcastLabels.of(spark, new TrainingLabels(labels, heldOut)));
  }

  private DetectResult extract(String output, SamplingPlan plan, String... options)
      throws IOException {
    return DetectAction.sampling(
            spark,
            DetectConfigs.of(
                folder.resolve("photos"), uri(output), folder.resolve("unread.onnx"), options),
            new DetectAction.Sampling(model, plan, Map.of("labels", "abc")),
            new PrintWriter(Writer.nullWriter()))
        .execute();
  }

  /** Makes the lock of a run that died as old as it is when nobody renews it. */
  private void expireLock(String output) throws IOException {
    try (Stream<Path> locks = Files.list(folder.resolve(output).resolve("_lock"))) {
      for (Path lock : locks.toList()) {
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
      }
    }
  }

  private String uri(String output) {
    return "mortal://" + folder.resolve(output);
  }

  private List<Row> rows(String output) {
    return TableLocation.of(uri(output), spark.sparkContext().hadoopConfiguration())
        .read(spark)
        .orderBy("image")
        .collectAsList();
  }

  private List<String> samples(String output) {
    return rows(output).stream()
        .map(row -> row.<String>getAs("image") + row.getList(row.fieldIndex("samples")))
        .toList();
  }

  private static BufferedImage noise(Random random, Path file) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      image.setRGB(pixel % WIDTH, pixel / WIDTH, random.nextInt(1 << 24));
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return image;
  }

  private static BufferedImage mirrored(BufferedImage image) {
    BufferedImage mirrored = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      int x = pixel % WIDTH;
      mirrored.setRGB(WIDTH - 1 - x, pixel / WIDTH, image.getRGB(x, pixel / WIDTH));
    }
    return mirrored;
  }
}
