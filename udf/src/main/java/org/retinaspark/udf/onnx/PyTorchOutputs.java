package org.retinaspark.udf.onnx;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.ClassOutput;
import org.retinaspark.udf.detect.InputFormat;
import org.retinaspark.udf.detect.PyTorchFamily;

/** {@link PyTorchFamily}: three outputs of rank 3. */
final class PyTorchOutputs implements FamilyOutputs {

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
  public String role(int index) {
    return List.of("boxes", "classes", "landmarks").get(index);
  }

  @Override
  public Identity identify(Evidence evidence) {
    evidence.refuseLandmarkScale(name());
    Decision<InputFormat> input = evidence.input(PyTorchFamily.INPUT);
    Decision<ClassOutput> classes = classes(evidence);
    String label = classes.value().name().toLowerCase(Locale.ROOT);
    return new Identity(
        new PyTorchFamily(input.value(), classes.value()),
        input.because(),
        List.of(new Identity.Finding("class output", label, classes.because())),
        Map.of(ModelMetadata.CLASS_OUTPUT, label));
  }

  private static Decision<ClassOutput> classes(Evidence evidence) {
    ClassOutput option = evidence.options().classOutput();
    if (option != null) {
      return new Decision<>(option, Decision.BY_OPTION);
    }
    ClassOutput declared = evidence.metadata().classOutput();
    if (declared != null) {
      return new Decision<>(declared, Decision.BY_METADATA);
    }
    Set<ClassOutput> traced =
        ClassOutputTrace.of(evidence.graph(), evidence.outputs().get(CLASSES).name());
    if (traced.size() != 1) {
      throw new InvalidModelException(
          evidence.file().name(),
          "its graph doesn't tell whether the class output holds probabilities or logits; say it"
              + " with --class-output probabilities or --class-output logits");
    }
    ClassOutput found = traced.iterator().next();
    return new Decision<>(
        found,
        found == ClassOutput.PROBABILITIES
            ? "by the graph: a softmax or sigmoid leads to it"
            : "by the graph: no softmax or sigmoid leads to it");
  }
}
