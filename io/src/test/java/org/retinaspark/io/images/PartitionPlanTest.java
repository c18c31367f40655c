package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Tasks hold every file once, in order, and cost about the same. */
final class PartitionPlanTest {

  /** What a request costs, as the plan reckons. */
  private static final long OPEN_COST = 1 << 16;

  /** Tasks of a core where files are small. */
  private static final int ROUNDS = 8;

  private static final ImageRoot ROOT = new ImageRoot("file:/photos/", FileFormat.IMAGE);
  private static final Comparator<ImageFile> BY_KEY = Comparator.comparing(ImageFile::image);

  @Property
  void everyImageIsInOneTaskInOrder(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 5_000_000) Long> lengths,
      @ForAll @LongRange(min = 1, max = 20_000_000) long taskBytes,
      @ForAll @IntRange(min = 1, max = 40) int cores) {
    List<ImageFile> images = images(lengths);
    List<List<ImageFile>> tasks = PartitionPlan.of(images, taskBytes, cores).tasks();
    assertThat(tasks.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(images);
    assertThat(tasks)
        .noneMatch(List::isEmpty)
        .allSatisfy(task -> assertThat(task).isSortedAccordingTo(BY_KEY));
  }

  @Property
  void lengthsThatNoFileHasLeaveTheOthersTogether(
      @ForAll @IntRange(min = 2, max = 20) int unbelievable) {
    List<Long> lengths = new ArrayList<>(Collections.nCopies(unbelievable, Long.MAX_VALUE));
    lengths.addAll(Collections.nCopies(100, 1000L));
    assertThat(PartitionPlan.of(images(lengths), 1 << 27, 2).tasks())
        .hasSizeLessThanOrEqualTo(unbelievable + 2 * ROUNDS);
  }

  @Property
  void coresHaveEquallyManyTasksWhereFilesAreSmall(
      @ForAll @IntRange(min = 400, max = 4000) int files,
      @ForAll @LongRange(min = 2_000_000, max = 20_000_000) long taskBytes,
      @ForAll @IntRange(min = 1, max = 4) int cores) {
    List<List<ImageFile>> tasks =
        PartitionPlan.of(images(Collections.nCopies(files, 1000L)), taskBytes, cores).tasks();
    assertThat(tasks).hasSizeGreaterThanOrEqualTo(ROUNDS * cores);
    assertThat(tasks.size() % cores).isZero();
  }

  @Property
  void tasksBecomeSmaller(
      @ForAll @IntRange(min = 400, max = 4000) int files,
      @ForAll @LongRange(min = 2_000_000, max = 20_000_000) long taskBytes,
      @ForAll @IntRange(min = 1, max = 4) int cores) {
    List<List<ImageFile>> tasks =
        PartitionPlan.of(images(Collections.nCopies(files, 1000L)), taskBytes, cores).tasks();
    for (int task = 1; task < tasks.size(); task++) {
      // A file more or less is where the cut happens to fall.
      assertThat(tasks.get(task)).hasSizeLessThanOrEqualTo(tasks.get(task - 1).size() + 1);
    }
    assertThat(tasks.get(tasks.size() - 1).size()).isLessThan(tasks.get(0).size() / 4);
  }

  /**
   * What the largest first is for: simulated, with tasks that take what they are thought to cost,
   * begun in their order by whichever core is free.
   */
  @Property(tries = 300)
  void theLastTaskEndsNotMuchLaterThanAllCoresCouldHaveEnded(
      @ForAll @Size(min = 100, max = 1500) List<@LongRange(min = 0, max = 2_000_000) Long> lengths,
      @ForAll @Size(max = 12) List<@LongRange(min = 0, max = 500_000_000) Long> giants,
      @ForAll @LongRange(min = 8_000_000, max = 64_000_000) long taskBytes,
      @ForAll @IntRange(min = 1, max = 16) int cores) {
    List<Long> all = new ArrayList<>(lengths);
    all.addAll(giants);
    List<ImageFile> files = images(all);
    List<List<ImageFile>> tasks = PartitionPlan.of(files, taskBytes, cores).tasks();
    long longest = files.stream().mapToLong(PartitionPlan::cost).max().orElseThrow();
    double ideal = Math.max((double) cost(files) / cores, (double) longest);

    assertThat((double) end(tasks, cores)).isLessThanOrEqualTo(1.05 * ideal + longest);
    if (longest < cost(files) / (50.0 * cores)) {
      assertThat((double) end(tasks, cores)).isLessThanOrEqualTo(1.07 * ideal);
    }
  }

  @Test
  void fourGiantsAmongFourHundredSmallPhotosBeginBeforeAllAndHoldNothingUp() {
    List<Long> lengths = new ArrayList<>(Collections.nCopies(400, 100_000L));
    lengths.addAll(List.of(20_000_000L, 22_000_000L, 21_000_000L, 19_000_000L));
    List<ImageFile> files = images(lengths);
    List<List<ImageFile>> tasks = PartitionPlan.of(files, 64 << 20, 2).tasks();

    assertThat(tasks.subList(0, 4))
        .extracting(task -> task.get(0).length())
        .containsExactly(22_000_000L, 21_000_000L, 20_000_000L, 19_000_000L);
    assertThat((double) end(tasks, 2)).isLessThan(1.01 * cost(files) / 2);
  }

  /** When the last task ends. */
  private static long end(List<List<ImageFile>> tasks, int cores) {
    PriorityQueue<Long> free = new PriorityQueue<>(Collections.nCopies(cores, 0L));
    long last = 0;
    for (List<ImageFile> task : tasks) {
      long end = free.remove() + cost(task);
      free.add(end);
      last = Math.max(last, end);
    }
    return last;
  }

  @Property
  void taskOfSeveralFilesExceedsTheLimitByNoMoreThanOne(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 5_000_000) Long> lengths,
      @ForAll @LongRange(min = 1, max = 20_000_000) long taskBytes,
      @ForAll @IntRange(min = 1, max = 40) int cores) {
    for (List<ImageFile> task : PartitionPlan.of(images(lengths), taskBytes, cores).tasks()) {
      if (task.size() > 1) {
        long largest = task.stream().mapToLong(PartitionPlan::cost).max().orElseThrow();
        assertThat(cost(task)).isLessThanOrEqualTo(taskBytes + largest);
      }
    }
  }

  @Test
  void knownPixelsOutweighBytes() {
    List<ImageFile> images = new ArrayList<>();
    for (int index = 0; index < 100; index++) {
      images.add(image(index, 100_000, index < 50 ? 12_000_000 : 0));
    }
    List<List<ImageFile>> tasks = PartitionPlan.of(images, 20_000_000, 1).tasks();
    assertThat(tasks.get(0)).hasSizeLessThan(10);
    assertThat(tasks).anyMatch(task -> task.size() > 10);
  }

  @Test
  void fileOfWhichNothingIsKnownCostsAUsualOne() {
    assertThat(PartitionPlan.cost(image(0, ImageFile.UNKNOWN, 0))).isEqualTo(OPEN_COST + (1 << 17));
    assertThat(PartitionPlan.cost(image(0, ImageFile.UNKNOWN, 4_000_000)))
        .isEqualTo(OPEN_COST + 1_000_000);
  }

  @Test
  void partOfALargeTableCostsItsBytes() {
    ImageRoot root = new ImageRoot("file:/", FileFormat.TABLE);
    List<ImageFile> parts = ImageFile.listed(root, "t.parquet", (1L << 27) + 5, 0, null).parts();
    assertThat(parts)
        .extracting(ImageFile::image)
        .containsExactly("t.parquet", "t.parquet@67108864", "t.parquet@134217728");
    assertThat(parts).extracting(ImageFile::bytes).containsExactly(1L << 26, 1L << 26, 5L);
  }

  @Test
  void noImagesNeedNoTask() {
    assertThat(PartitionPlan.of(List.of(), 1000, 8).tasks()).isEmpty();
  }

  @Test
  void fileLargerThanTheLimitHasItsOwnTaskBeforeTheOthers() {
    List<List<ImageFile>> tasks =
        PartitionPlan.of(images(List.of(10L, 50_000_000L, 10L)), 1_000_000, 1).tasks();
    assertThat(tasks).extracting(List::size).containsExactly(1, 1, 1);
    assertThat(tasks.get(0).get(0).length()).isEqualTo(50_000_000);
  }

  @Test
  void equalImagesAreSpreadThoughTheyDoNotDivideEvenly() {
    assertThat(PartitionPlan.of(images(Collections.nCopies(6, 1_000_000L)), 1L << 40, 4).tasks())
        .hasSizeBetween(4, 6);
  }

  @Test
  void tinyImagesCostTheirRequest() {
    List<ImageFile> images = images(Collections.nCopies(160, 1L));
    assertThat(PartitionPlan.of(images, 16 * OPEN_COST, 1).tasks().get(0)).hasSizeBetween(14, 16);
  }

  private static List<ImageFile> images(List<Long> lengths) {
    List<ImageFile> images = new ArrayList<>();
    for (int index = 0; index < lengths.size(); index++) {
      images.add(image(index, lengths.get(index), 0));
    }
    return images;
  }

  private static ImageFile image(int index, long length, long pixels) {
    String key = "%05d.jpg".formatted(index);
    return new ImageFile(ROOT, key, 0, length, 0, null, pixels, List.of());
  }

  private static long cost(List<ImageFile> files) {
    return files.stream().mapToLong(PartitionPlan::cost).sum();
  }
}
