package org.retinaspark.udf.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.ScrfdFamily;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

/** {@link ScrfdFamily}: nine outputs of rank 2 or 3, or six without landmarks. */
final class ScrfdOutputs implements FamilyOutputs {

  /** (RGB - 127.5) / 128. */
  private static final InputFormat FORMAT =
      new InputFormat(ChannelOrder.RGB, List.of(127.5f, 127.5f, 127.5f), 1 / 128f);

  /** Sides are multiples of it. */
  private static final int MULTIPLE = 32;

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
    if (groups.haveEach(WIDTHS, StrideOrder.COUNT)) {
      return groups.kindByKind(WIDTHS, StrideOrder.FINE_FIRST);
    }
    return groups.haveEach(WITHOUT_LANDMARKS, StrideOrder.COUNT)
        ? groups.kindByKind(WITHOUT_LANDMARKS, StrideOrder.FINE_FIRST)
        : null;
  }

  @Override
  public boolean tellsApart(List<TensorSignature> ordered) {
    return StrideOrder.isTold(ordered);
  }

  @Override
  public String role(TensorSignature output, int index) {
    String what = List.of("scores", "distances", "landmarks").get(index / StrideOrder.COUNT);
    return what + " at stride " + StrideOrder.FINE_FIRST.stride(index % StrideOrder.COUNT);
  }

  @Override
  public FamilyDetails identify(ModelFacts facts) {
    int landmarks = facts.outputs().size() == WIDTHS.size() * StrideOrder.COUNT ? POINTS : 0;
    return FamilyDetails.withoutOptions(facts, new ScrfdFamily(landmarks), FORMAT, MULTIPLE);
  }
}
