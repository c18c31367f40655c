package org.retinaspark.udf.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.InsightFaceFamily;
import org.retinaspark.udf.detect.family.LandmarkScale;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

/** {@link InsightFaceFamily}: nine outputs of rank 4. */
final class InsightFaceOutputs implements FamilyOutputs {

  /** RGB from 0 to 255, what else there is being inside the graph. */
  private static final InputFormat FORMAT =
      new InputFormat(ChannelOrder.RGB, List.of(0f, 0f, 0f), 1);

  /** Sides are multiples of it. */
  private static final int MULTIPLE = 32;

  private static final List<Long> CHANNELS = List.of(4L, 8L, 20L);
  private static final int LANDMARKS = 2;

  @Override
  public String name() {
    return InsightFaceFamily.NAME;
  }

  @Override
  public String description() {
    return "[batch, 4, h, w], [batch, 8, h, w] and [batch, 20, h, w] for each stride 32, 16, 8";
  }

  @Override
  public @Nullable List<TensorSignature> ordered(List<TensorSignature> outputs) {
    OutputGroups groups = OutputGroups.byChannels(outputs);
    return groups.haveEach(CHANNELS, StrideOrder.COUNT)
        ? groups.levelByLevel(CHANNELS, StrideOrder.COARSE_FIRST)
        : null;
  }

  @Override
  public boolean tellsApart(List<TensorSignature> ordered) {
    return StrideOrder.isTold(ordered);
  }

  @Override
  public String role(TensorSignature output, int index) {
    String what = List.of("classes", "boxes", "landmarks").get(index % CHANNELS.size());
    return what + " at stride " + StrideOrder.COARSE_FIRST.stride(index / CHANNELS.size());
  }

  @Override
  public FamilyDetails identify(ModelFacts facts) {
    facts.refuseClassOutput(name());
    Decision<InputFormat> format = facts.format(FORMAT);
    LandmarkScale known = facts.options().landmarkScale();
    String because = Decision.BY_OPTION;
    if (known == null) {
      known = facts.metadata().landmarkScale();
      because = Decision.BY_METADATA;
    }
    if (known == null && facts.graph().isScaled(facts.outputs().get(LANDMARKS).name())) {
      known = LandmarkScale.V1;
      because = "by the graph: it scales the deltas itself";
    }
    if (known == null) {
      because =
          "a default: the file doesn't tell v1 from v2; if landmarks huddle or fly apart, say"
              + " --landmark-scale v1";
    }
    LandmarkScale scale = known == null ? LandmarkScale.V2 : known;
    String text = "%s (deltas x %s)".formatted(scale.label(), scale.factor());
    return new FamilyDetails(
        new InsightFaceFamily(scale.factor()),
        format.value(),
        facts.metadata().multiple(MULTIPLE),
        format.because(),
        List.of(new FamilyDetails.Finding("landmark scale", text, because)),
        // A default stays one: written down it would look like knowledge.
        known == null ? Map.of() : Map.of(ModelMetadata.LANDMARK_SCALE, scale.label()));
  }
}
