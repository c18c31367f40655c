package org.retinaspark.udf.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.CenterFaceFamily;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

/** {@link CenterFaceFamily}: four outputs of rank 4. */
final class CenterFaceOutputs implements FamilyOutputs {

  /** RGB from 0 to 255 ({@code blobFromImage} of {@code prj-python/centerface.py}). */
  private static final InputFormat FORMAT =
      new InputFormat(ChannelOrder.RGB, List.of(0f, 0f, 0f), 1);

  /** Sides are multiples of it ({@code transform} of {@code prj-python/centerface.py}). */
  private static final int MULTIPLE = 32;

  private static final List<String> ROLES =
      List.of("heat map", "logarithms of the sides", "offset of the centre", "landmarks");

  @Override
  public String name() {
    return CenterFaceFamily.NAME;
  }

  @Override
  public String description() {
    return "[batch, 1, h, w], twice [batch, 2, h, w] (sides, then offset of the centre) and"
        + " [batch, 10, h, w]";
  }

  @Override
  public @Nullable List<TensorSignature> ordered(List<TensorSignature> outputs) {
    OutputGroups groups = OutputGroups.byChannels(outputs);
    if (!groups.haveEach(List.of(1L, 10L), 1) || !groups.haveEach(List.of(2L), 2)) {
      return null;
    }
    List<TensorSignature> ordered = new ArrayList<>(groups.inOrder(List.of(1L)));
    ordered.addAll(sidesBeforeOffset(groups.group(2)));
    ordered.addAll(groups.inOrder(List.of(10L)));
    return ordered;
  }

  /** Shapes don't tell them apart: by a name where one says so, else as they stand in the file. */
  private static List<TensorSignature> sidesBeforeOffset(List<TensorSignature> pair) {
    TensorSignature first = pair.get(0);
    TensorSignature second = pair.get(1);
    return isOffset(first) && !isOffset(second) ? List.of(second, first) : pair;
  }

  private static boolean isOffset(TensorSignature output) {
    return output.name().toLowerCase(Locale.ROOT).contains("off");
  }

  @Override
  public boolean tellsApart(List<TensorSignature> ordered) {
    return true;
  }

  @Override
  public String role(TensorSignature output, int index) {
    return ROLES.get(index);
  }

  @Override
  public FamilyDetails identify(ModelFacts facts) {
    return FamilyDetails.withoutOptions(facts, new CenterFaceFamily(), FORMAT, MULTIPLE);
  }
}
