package org.retinaspark.udf.model;

import java.util.List;
import org.retinaspark.udf.graph.Printable;

/** A model whose batch, height and width can't be made dynamic. */
public final class ModelImportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String why;

  /** With the file, the axes that stay fixed, why, and the nodes that fix them. */
  public ModelImportException(String model, String what, String why, List<String> frozen) {
    super(
        ("the %s of model '%s' could not be made dynamic: %s%s. Nothing was written; export the"
                + " model anew with dynamic axes (dynamic_axes of torch.onnx.export)")
            .formatted(
                what,
                Printable.text(model),
                why,
                frozen.isEmpty()
                    ? ""
                    : ". Its graph has fixed sizes in " + String.join(", ", frozen)));
    this.why = why;
  }

  /** What it did that it must not. */
  public String why() {
    return why;
  }
}
