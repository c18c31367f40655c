package org.retinaspark.udf.build;

import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.model.ModelImportException;

/** A network that was built, and failed when it was tried. */
public final class ModelBuildException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ModelBuildException(String model, String weights, ModelImportException failure) {
    super(
        "model '%s' with the weights of %s doesn't work: when it was tried, %s"
            .formatted(Printable.text(model), Printable.text(weights), failure.why()),
        failure);
  }
}
