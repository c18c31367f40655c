package org.retinaspark.udf.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.graph.ClassOutputTrace;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

/** {@link PyTorchFamily}: three outputs of rank 3. */
final class PyTorchOutputs implements FamilyOutputs {

  /**
   * BGR minus the mean (104, 117, 123), any size ({@code test_widerface.py} of
   * biubug6/Pytorch_Retinaface).
   */
  private static final InputFormat FORMAT =
      new InputFormat(ChannelOrder.BGR, List.of(104f, 117f, 123f), 1);

  /** Sides are multiples of it. */
  private static final int MULTIPLE = 1;

  private static final List<Long> WIDTHS = List.of(4L, 2L, 10L);
  private static final int CLASSES = 1;

  @Override
  public String name() {
    return PyTorchFamily.NAME;
  }

  @Override
  public String description() {
    return "[batch, anchors, 4], [batch, anchors, 2] and [batch, anchors, 10], in any order";
  }

  @Override
  public @Nullable List<TensorSignature> ordered(List<TensorSignature> outputs) {
    OutputGroups groups = OutputGroups.byLastAxis(outputs, 3);
    return groups.haveEach(WIDTHS, 1) ? groups.inOrder(WIDTHS) : null;
  }

  @Override
  public boolean tellsApart(List<TensorSignature> ordered) {
    return true;
  }

  @Override
  public String role(TensorSignature output, int index) {
    return List.of("boxes", "classes", "landmarks").get(index);
  }

  @Override
  public FamilyDetails identify(ModelFacts facts) {
    facts.refuseLandmarkScale(name());
    Decision<InputFormat> format = facts.format(FORMAT);
    Decision<ClassOutput> classes = classes(facts);
    String label = classes.value().name().toLowerCase(Locale.ROOT);
    return new FamilyDetails(
        new PyTorchFamily(classes.value()),
        format.value(),
        facts.metadata().multiple(MULTIPLE),
        format.because(),
        List.of(new FamilyDetails.Finding("class output", label, classes.because())),
        Map.of(ModelMetadata.CLASS_OUTPUT, label));
  }

  private static Decision<ClassOutput> classes(ModelFacts facts) {
    ClassOutput option = facts.options().classOutput();
    if (option != null) {
      return new Decision<>(option, Decision.BY_OPTION);
    }
    ClassOutput declared = facts.metadata().classOutput();
    if (declared != null) {
      return new Decision<>(declared, Decision.BY_METADATA);
    }
    Set<ClassOutputTrace.Origin> traced =
        ClassOutputTrace.of(facts.graph(), facts.outputs().get(CLASSES).name());
    if (traced.size() != 1) {
      throw new InvalidModelException(
          facts.file().name(),
          "its graph doesn't tell whether the class output holds probabilities or logits; say it"
              + " with --class-output probabilities or --class-output logits");
    }
    return switch (traced.iterator().next()) {
      case NORMALISED ->
          new Decision<>(
              ClassOutput.PROBABILITIES, "by the graph: a softmax or sigmoid leads to it");
      case RAW ->
          new Decision<>(ClassOutput.LOGITS, "by the graph: no softmax or sigmoid leads to it");
    };
  }
}
