package org.retinaspark.udf.train.view;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InputRule;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Scale;
import org.retinaspark.udf.train.matching.LabelledBox;

/**
 * Which views of each image training looks at.
 *
 * @param scales of the whole image, from its own size; each once with every flip
 * @param flips which way round; crops are mirrored by chance where that is among them
 * @param crops how many squares are cut out by chance
 * @param colours of all views
 * @param mostPixels that an image or a part of it is resized to, short of rounding
 * @param seed of all that is drawn
 */
public record ViewPlan(
    List<Double> scales, List<Flip> flips, int crops, ColourUse colours, long mostPixels, long seed)
    implements Serializable {

  /** Pixels of a side that crops are resized to (section 4.2 of the paper). */
  private static final int CROP_SIDE = 640;

  /** Squares have this share of the image's short side, or more (section 4.2). */
  private static final double SMALLEST_CROP = 0.3;

  /** How often the largest square is taken: {@code _crop} of {@code data_augment.py}. */
  private static final double LARGEST_CROPS = 0.2;

  /** Tries to find a square that holds a whole face: {@code _crop} of {@code data_augment.py}. */
  private static final int TRIES = 250;

  /**
   * Checks the numbers, and keeps unmodifiable lists.
   *
   * @throws IllegalArgumentException naming the one that can't be meant
   */
  public ViewPlan {
    scales = List.copyOf(scales);
    flips = List.copyOf(flips);
    if (!scales.stream().allMatch(scale -> scale > 0 && scale <= 16)) {
      throw new IllegalArgumentException(
          "scales are %s, but must be above 0 and at most 16".formatted(scales));
    }
    if (flips.isEmpty() || crops < 0 || (scales.isEmpty() && crops == 0) || mostPixels < 1) {
      throw new IllegalArgumentException(
          "%d flips of %d scales and %d crops of up to %d pixels are no views: give a scale"
              .formatted(flips.size(), scales.size(), crops, mostPixels));
    }
  }

  /**
   * The views of an image. Scales that come to the same input are looked at once, and a crop that
   * would hold no whole face isn't made. Crops are numbered behind the views of the whole image.
   *
   * @param image key of the image
   * @param width columns of its frame
   * @param height rows of its frame
   * @param faces those of the image, in its frame
   * @param size that the model takes
   */
  public List<TrainingView> views(
      String image, int width, int height, List<LabelledBox> faces, InputSize size) {
    ImagePart whole = ImagePart.whole(width, height);
    Set<Placement> placements = new LinkedHashSet<>();
    for (double scale : scales) {
      for (Flip flip : flips) {
        InputRule rule = new InputRule(new BoundedScale(scale, mostPixels, size), flip);
        placements.add(rule.placement(width, height, size));
      }
    }
    List<TrainingView> views = new ArrayList<>();
    for (Placement placement : placements) {
      SplittableRandom random = new ViewSeed(seed, image, views.size()).random();
      views.add(new TrainingView(views.size(), whole, placement, colour(random)));
    }
    for (int crop = 0; crop < crops; crop++) {
      int number = placements.size() + crop;
      SplittableRandom random = new ViewSeed(seed, image, number).random();
      square(width, height, faces, random)
          .map(square -> crop(number, square, size, random))
          .ifPresent(views::add);
    }
    return views;
  }

  /** {@code _crop} of {@code data_augment.py}, which takes the largest square one time in five. */
  private static Optional<ImagePart> square(
      int width, int height, List<LabelledBox> faces, SplittableRandom random) {
    int shortSide = Math.min(width, height);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double share = random.nextDouble() < LARGEST_CROPS ? 1 : random.nextDouble(SMALLEST_CROP, 1);
      int side = Math.max(1, (int) (share * shortSide));
      int left = random.nextInt(width - side + 1);
      int top = random.nextInt(height - side + 1);
      ImagePart square = new ImagePart(left, top, side, side, width, height);
      if (faces.stream().anyMatch(face -> !face.ignored() && square.holds(face.box()))) {
        return Optional.of(square);
      }
    }
    return Optional.empty();
  }

  private TrainingView crop(int number, ImagePart square, InputSize size, SplittableRandom random) {
    int side = (int) Math.max(1, Math.min(CROP_SIDE, Math.sqrt((double) mostPixels)));
    for (int allowed : new int[] {size.width(), size.height()}) {
      side = allowed == InputSize.DYNAMIC ? side : Math.min(side, allowed);
    }
    boolean mirrored = flips.contains(Flip.HORIZONTAL) && random.nextBoolean();
    InputRule rule =
        new InputRule(new Scale.LongSide(side), mirrored ? Flip.HORIZONTAL : Flip.NONE);
    Placement placement = rule.placement(square.width(), square.height(), size);
    return new TrainingView(number, square, placement, colour(random));
  }

  private ColourDistortion colour(SplittableRandom random) {
    return colours == ColourUse.KEPT ? ColourDistortion.NONE : ColourDistortion.drawn(random);
  }
}
