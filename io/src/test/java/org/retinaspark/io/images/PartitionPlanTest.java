package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Tasks hold every image once, in order, and about the same cost each. */
final class PartitionPlanTest {

  /** What a request costs, as the plan reckons. */
  private static final long OPEN_COST = 1 << 16;

  @Property
  void everyImageIsInOneTaskInOrder(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 5_000_000) Long> lengths,
      @ForAll @LongRange(min = 1, max = 20_000_000) long taskBytes,
      @ForAll @IntRange(min = 0, max = 40) int parallelism) {
    List<ImageFile> images = images(lengths);
    List<List<ImageFile>> tasks = PartitionPlan.of(images, taskBytes, parallelism).tasks();
    assertThat(tasks.stream().flatMap(List::stream).toList()).isEqualTo(images);
    assertThat(tasks).noneMatch(List::isEmpty);
  }

  @Property
  void thereAreEnoughTasks(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 5_000_000) Long> lengths,
      @ForAll @LongRange(min = 1, max = 20_000_000) long taskBytes,
      @ForAll @IntRange(min = 0, max = 40) int parallelism) {
    PartitionPlan plan = PartitionPlan.of(images(lengths), taskBytes, parallelism);
    assertThat(plan.tasks()).hasSizeGreaterThanOrEqualTo(Math.min(parallelism, lengths.size()));
  }

  @Property
  void taskExceedsTheLimitByNoMoreThanHalfItsLastImage(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 5_000_000) Long> lengths,
      @ForAll @LongRange(min = 1, max = 20_000_000) long taskBytes,
      @ForAll @IntRange(min = 0, max = 40) int parallelism) {
    for (List<ImageFile> task : PartitionPlan.of(images(lengths), taskBytes, parallelism).tasks()) {
      long cost = task.stream().mapToLong(image -> image.length() + OPEN_COST).sum();
      long last = task.get(task.size() - 1).length() + OPEN_COST;
      if (task.size() > 1) {
        assertThat(cost).isLessThanOrEqualTo(taskBytes + (last + 1) / 2);
      }
    }
  }

  @Test
  void noImagesNeedNoTask() {
    assertThat(PartitionPlan.of(List.of(), 1000, 8).tasks()).isEmpty();
  }

  @Test
  void imageLargerThanTheLimitHasItsOwnTask() {
    List<List<ImageFile>> tasks =
        PartitionPlan.of(images(List.of(10L, 50_000_000L, 10L)), 1_000_000, 1).tasks();
    assertThat(tasks).extracting(List::size).containsExactly(1, 1, 1);
  }

  @Test
  void equalImagesAreSpreadThoughTheyDoNotDivideEvenly() {
    assertThat(PartitionPlan.of(images(Collections.nCopies(6, 1_000_000L)), 1L << 40, 4).tasks())
        .hasSize(4);
  }

  @Test
  void tinyImagesCostTheirRequest() {
    assertThat(PartitionPlan.of(images(Collections.nCopies(160, 1L)), 16 * OPEN_COST, 1).tasks())
        .hasSizeBetween(9, 11);
  }

  private static List<ImageFile> images(List<Long> lengths) {
    List<ImageFile> images = new ArrayList<>();
    for (int index = 0; index < lengths.size(); index++) {
      String key = "%05d.jpg".formatted(index);
      images.add(new ImageFile(key, "file:/photos/" + key, lengths.get(index), 0, null));
    }
    return images;
  }
}
