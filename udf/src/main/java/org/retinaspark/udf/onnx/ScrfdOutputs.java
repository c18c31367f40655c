package org.retinaspark.udf.onnx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.InputFormat;
import org.retinaspark.udf.detect.ScrfdFamily;

/** {@link ScrfdFamily}: nine outputs of rank 2 or 3, or six without landmarks. */
final class ScrfdOutputs implements FamilyOutputs {

  private static final List<Long> WIDTHS = List.of(1L, 4L, 10L);
  private static final List<Long> WITHOUT_LANDMARKS = List.of(1L, 4L);
  private static final int POINTS = 5;

  @Override
  public String name() {
    return ScrfdFamily.NAME;
  }

  @Override
  public String description() {
    return "[(batch,) anchors, 1], [(batch,) anchors, 4] and, or without, [(batch,) anchors, 10]"
        + " for each stride 8, 16, 32";
  }

  @Override
  public @Nullable List<TensorSignature> ordered(List<TensorSignature> outputs) {
    int rank = outputs.stream().anyMatch(output -> output.rank() == 2) ? 2 : 3;
    OutputGroups groups = OutputGroups.byLastAxis(outputs, rank);
    if (groups.haveEach(WIDTHS, Levels.COUNT)) {
      return groups.kindByKind(WIDTHS, Levels.FINE_FIRST);
    }
    return groups.haveEach(WITHOUT_LANDMARKS, Levels.COUNT)
        ? groups.kindByKind(WITHOUT_LANDMARKS, Levels.FINE_FIRST)
        : null;
  }

  @Override
  public String role(int index) {
    String what = List.of("scores", "distances", "landmarks").get(index / Levels.COUNT);
    return what + " at stride " + Levels.FINE_FIRST.stride(index % Levels.COUNT);
  }

  @Override
  public Identity identify(Evidence evidence) {
    evidence.refuseLandmarkScale(name());
    evidence.refuseClassOutput(name());
    Decision<InputFormat> input = evidence.input(ScrfdFamily.INPUT);
    int landmarks = evidence.outputs().size() == WIDTHS.size() * Levels.COUNT ? POINTS : 0;
    return new Identity(
        new ScrfdFamily(input.value(), landmarks), input.because(), List.of(), Map.of());
  }
}
