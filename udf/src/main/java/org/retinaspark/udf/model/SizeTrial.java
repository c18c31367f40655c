package org.retinaspark.udf.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession;

/**
 * Finds out which sizes a model takes by running it. What a file declares need not be so: exporters
 * leave axes open and write sizes into reshapes, or declare the outputs of one size for a network
 * that takes any.
 */
final class SizeTrial {

  private static final int STRIDE = 32;

  /** Sizes that exports are fixed at, the most usual first. */
  private static final List<Sides> USUAL =
      List.of(
          new Sides(640, 640),
          new Sides(320, 320),
          new Sides(480, 640),
          new Sides(640, 480),
          new Sides(512, 512),
          new Sides(384, 640),
          new Sides(416, 416),
          new Sides(480, 480),
          new Sides(256, 256),
          new Sides(240, 320),
          new Sides(256, 320),
          new Sides(608, 608),
          new Sides(800, 800),
          new Sides(840, 840),
          new Sides(960, 960),
          new Sides(1024, 1024),
          new Sides(720, 1280));

  private final ModelDescription model;
  private final InputSize declared;
  private @Nullable String firstFailure;
  private boolean runsEverywhere = true;

  private SizeTrial(ModelDescription model) {
    this.model = model;
    this.declared = model.size();
  }

  /**
   * The sizes that a model takes.
   *
   * @param onnx the bytes of its file
   * @param model what it claims to be
   * @throws InvalidModelException if it takes none that was tried
   */
  static Decision<InputSize> of(byte[] onnx, ModelDescription model) {
    SizeTrial trial = new SizeTrial(model);
    try (TrialSession session = TrialSession.open(onnx)) {
      return trial.size(new TrialRuns(session, model));
    } catch (InferenceException failure) {
      throw trial.unusable(String.valueOf(failure.getMessage()));
    }
  }

  private Decision<InputSize> size(TrialRuns runs) {
    int unit = declared.multiple();
    int least = (STRIDE + unit - 1) / unit * unit;
    Sides small = fitted(new Sides(2 * least, 3 * least));
    // Five cells more than a multiple of the stride, where the model takes that.
    Sides odd = fitted(new Sides(4 * least + 5 * unit, 3 * least + 5 * unit));
    if (takes(runs, small)) {
      if (small.equals(odd)) {
        return batch(runs, small, declared, "declared, and seen in a run");
      }
      if (takes(runs, odd)) {
        return batch(runs, small, declared, "seen in runs at %s and %s".formatted(small, odd));
      }
      Sides even = fitted(new Sides(9 * STRIDE, 8 * STRIDE));
      if (unit < STRIDE && takes(runs, even)) {
        return batch(
            runs,
            small,
            declared.inMultiplesOf(STRIDE),
            "seen in runs at %s and %s; it fails at %s".formatted(small, even, odd));
      }
    }
    Set<Sides> others = new LinkedHashSet<>(List.of(small, odd));
    USUAL.stream()
        .filter(sides -> sides.areMultiplesOf(unit))
        .map(this::fitted)
        .forEach(others::add);
    for (Sides sides : others) {
      if (takes(runs, sides)) {
        return batch(
            runs,
            sides,
            new InputSize(declared.batch(), sides.height(), sides.width(), unit),
            "declared open, but it fails at %s; the first of the usual sizes at which it runs"
                .formatted(sides.equals(small) ? odd : small));
      }
    }
    String everywhere =
        others.size() == 1 ? "" : " and at all of %d sizes tried".formatted(others.size());
    if (runsEverywhere) {
      throw new InvalidModelException(
          model.name(),
          "it runs at %s%s, but %s: its anchors are not those of the family '%s'"
              .formatted(small, everywhere, firstFailure, model.family().name()));
    }
    throw unusable("it fails at %s%s: %s".formatted(small, everywhere, firstFailure));
  }

  /** An open batch is one image where two together don't give what each gives. */
  private Decision<InputSize> batch(TrialRuns runs, Sides sides, InputSize found, String because) {
    if (declared.batch() == InputSize.DYNAMIC && !keepsImagesApart(runs, sides)) {
      return new Decision<>(
          new InputSize(1, found.height(), found.width(), found.multiple()),
          because + "; two images in one run don't give what each gives alone");
    }
    return new Decision<>(found, because);
  }

  private static boolean keepsImagesApart(TrialRuns runs, Sides sides) {
    try {
      return runs.mixedUp(sides.height(), sides.width()).isEmpty();
    } catch (InferenceException | InvalidOutputException failure) {
      return false;
    }
  }

  private boolean takes(TrialRuns runs, Sides sides) {
    try {
      if (declared.batch() > 1) {
        runs.outputs(new RandomImages(declared.batch(), sides.height(), sides.width(), 1));
      } else {
        runs.single(sides.height(), sides.width(), 1);
      }
      return true;
    } catch (InferenceException | InvalidOutputException failure) {
      if (firstFailure == null) {
        firstFailure = Printable.text(String.valueOf(failure.getMessage()));
      }
      runsEverywhere &= failure instanceof InvalidOutputException;
      return false;
    }
  }

  /** The sides with those that the model declares in their place. */
  private Sides fitted(Sides sides) {
    return new Sides(
        declared.height() == InputSize.DYNAMIC ? sides.height() : declared.height(),
        declared.width() == InputSize.DYNAMIC ? sides.width() : declared.width());
  }

  private InvalidModelException unusable(String why) {
    return new InvalidModelException(
        model.name(),
        why
            + ". Export it anew: with dynamic axes, or for an older operator set"
            + " (dynamic_axes and opset_version of torch.onnx.export)");
  }

  private record Sides(int height, int width) {

    boolean areMultiplesOf(int unit) {
      return height % unit == 0 && width % unit == 0;
    }

    @Override
    public String toString() {
      return width + "x" + height;
    }
  }
}
