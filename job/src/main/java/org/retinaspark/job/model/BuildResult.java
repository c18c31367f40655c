package org.retinaspark.job.model;

import java.util.Locale;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.network.Architecture;

/**
 * What {@code model build} made.
 *
 * @param model what was written
 * @param architecture the network that it is
 */
public record BuildResult(ModelImport model, Architecture architecture) {

  /** What it is, in two lines. */
  String text() {
    ModelDescription built = model.model();
    return String.format(
        Locale.ROOT,
        "%s: %,d parameters%n%s: %s, input %s, outputs %s",
        architecture.text(),
        OnnxFile.parse(model.onnx(), built.name()).parameterCount(),
        built.name(),
        built.family().name(),
        built.format().layout().text(built.size()),
        String.join(", ", built.outputs()));
  }
}
