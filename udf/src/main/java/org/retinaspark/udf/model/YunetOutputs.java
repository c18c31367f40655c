package org.retinaspark.udf.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.YunetFamily;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

/** {@link YunetFamily}: twelve outputs of rank 3. */
final class YunetOutputs implements FamilyOutputs {

  /** BGR from 0 to 255 ({@code img_norm_cfg} of {@code configs/yunet_n.py}). */
  private static final InputFormat FORMAT =
      new InputFormat(ChannelOrder.BGR, List.of(0f, 0f, 0f), 1);

  /** Sides are multiples of it ({@code size_divisor} of {@code tools/test_widerface.py}). */
  private static final int MULTIPLE = 32;

  /** Values a cell of the score's two factors, of the box and of the landmarks. */
  private static final List<Long> WIDTHS = List.of(1L, 4L, 10L);

  private static final List<String> ROLES =
      List.of("factor of the score", "factor of the score", "box", "landmarks");

  @Override
  public String name() {
    return YunetFamily.NAME;
  }

  @Override
  public String description() {
    return "two of [batch, cells, 1], [batch, cells, 4] and [batch, cells, 10]"
        + " for each stride 8, 16, 32";
  }

  @Override
  public @Nullable List<TensorSignature> ordered(List<TensorSignature> outputs) {
    OutputGroups groups = OutputGroups.byLastAxis(outputs, 3);
    return groups.haveEach(List.of(1L), 2 * StrideOrder.COUNT)
            && groups.haveEach(List.of(4L, 10L), StrideOrder.COUNT)
        ? groups.kindByKind(WIDTHS, StrideOrder.FINE_FIRST)
        : null;
  }

  @Override
  public boolean tellsApart(List<TensorSignature> ordered) {
    return StrideOrder.isTold(ordered);
  }

  @Override
  public String role(TensorSignature output, int index) {
    return ROLES.get(index / StrideOrder.COUNT)
        + " at stride "
        + StrideOrder.FINE_FIRST.stride(index % StrideOrder.COUNT);
  }

  @Override
  public FamilyDetails identify(ModelFacts facts) {
    return FamilyDetails.withoutOptions(facts, new YunetFamily(), FORMAT, MULTIPLE);
  }
}
