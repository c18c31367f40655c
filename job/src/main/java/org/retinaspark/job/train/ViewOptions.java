package org.retinaspark.job.train;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.Heading;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.job.options.Range;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.train.sampling.SampleCounts;
import org.retinaspark.udf.train.view.ColourUse;
import org.retinaspark.udf.train.view.ViewPlan;
import picocli.CommandLine.Option;

/**
 * The options of {@code train} that say what the network looks at, and what of it becomes samples.
 */
final class ViewOptions {

  @Heading("What the network looks at")
  @DecidesRows
  @Option(
      names = "--scales",
      paramLabel = "LIST",
      split = ",",
      description =
          "Multiples of each photo's size, each a view of it: small ones show large faces to the"
              + " anchors of small ones, and the other way round (default: 0.25,0.5,1,2 where the"
              + " mesh alone is fitted, else 1: boxes are learnt best at the size that they are looked"
              + " for at).")
  private @Nullable List<Double> scales;

  @DecidesRows
  @Option(names = "--flip", description = "Look at each of them mirrored too.")
  private boolean flip;

  @DecidesRows
  @Range(from = 0, to = 1000)
  @Option(
      names = "--crops",
      paramLabel = "N",
      description =
          "Squares cut out of each photo by chance and resized to 640 pixels, as the paper does"
              + " (default: ${DEFAULT-VALUE}).")
  private int crops;

  @DecidesRows
  @Option(names = "--colour", description = "Give every view other colours, by chance.")
  private boolean colour;

  @DecidesRows
  @Range(from = 1024, to = 1 << 28)
  @Option(
      names = "--max-view-pixels",
      paramLabel = "N",
      description =
          "Pixels of a view, at most; a larger one is made smaller (default: ${DEFAULT-VALUE}).")
  private long mostPixels = 8_000_000;

  @Heading("Samples")
  @DecidesRows
  @Range(from = 1, to = 10_000)
  @Option(
      names = "--positives",
      paramLabel = "N",
      description =
          "Anchors of a face in a view, at most, those of the largest IoU (default:"
              + " ${DEFAULT-VALUE}).")
  private int positives = 200;

  @DecidesRows
  @Range(from = 0, to = 10_000)
  @Option(
      names = "--negatives",
      paramLabel = "N",
      description =
          "Hardest negatives of a view for each of its positives, and as many at least as if it had"
              + " ten; without a head that tells how hard one is, by chance (default:"
              + " ${DEFAULT-VALUE}).")
  private int negatives = 3;

  @DecidesRows
  @Range(from = 0, to = 10_000)
  @Option(
      names = "--random-negatives",
      paramLabel = "N",
      description =
          "Negatives of each level and size of anchor of a view beside those, by chance; each"
              + " counts for all that it was drawn from (default: ${DEFAULT-VALUE}).")
  private int random = 100;

  @DecidesRows
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that is drawn by chance (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  private static final List<Double> SCALES_OF_MESHES = List.of(0.25, 0.5, 1.0, 2.0);

  /** Positives that a view without any counts as having, where negatives are taken. */
  private static final int POSITIVES_AT_LEAST = 10;

  /**
   * Checks what is more than a range.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  void requireValid() {
    for (double scale : scales == null ? List.of(1.0) : scales) {
      if (!(scale > 0 && scale <= 16)) {
        throw new IllegalArgumentException(
            "--scales has %s, but each must be above 0 and at most 16".formatted(scale));
      }
    }
    views(Set.of());
  }

  /** Multiples of a photo's size where some heads are fitted. */
  List<Double> scales(Set<TrainedHead> heads) {
    if (scales != null) {
      return scales;
    }
    return heads.equals(Set.of(TrainedHead.MESH)) ? SCALES_OF_MESHES : List.of(1.0);
  }

  /** Which network inputs a photo becomes where some heads are fitted. */
  ViewPlan views(Set<TrainedHead> heads) {
    return new ViewPlan(
        scales(heads),
        flip ? List.of(Flip.NONE, Flip.HORIZONTAL) : List.of(Flip.NONE),
        crops,
        colour ? ColourUse.DISTORTED : ColourUse.KEPT,
        mostPixels,
        seed);
  }

  /** How many samples are taken, with negatives. */
  SampleCounts counts() {
    return new SampleCounts(positives, negatives, POSITIVES_AT_LEAST * negatives, random);
  }

  /** How many where no head needs negatives. */
  SampleCounts positivesAlone() {
    return new SampleCounts(positives, 0, 0, 0);
  }

  long seed() {
    return seed;
  }
}
