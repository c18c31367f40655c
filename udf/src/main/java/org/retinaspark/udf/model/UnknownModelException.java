package org.retinaspark.udf.model;

import org.retinaspark.udf.graph.ModelSignature;
import org.retinaspark.udf.graph.Printable;

/**
 * A model that is valid ONNX but none of the face detectors that are understood. The message has
 * several lines: the reason, the model's inputs and outputs, what is understood, and the remedy.
 */
public final class UnknownModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownModelException(String model, String reason, ModelSignature signature) {
    super(
        """
        model '%s' is no face detector that is understood: %s.
        It has
        %sUnderstood are, with float input [batch, 3, height, width] or [batch, height, width, 3],
        %sA model of one of these families that has other outputs besides can be named: --family %s; \
        'model import FILE -o OUT --family NAME' writes that into the file. Other exports have to be \
        made anew, with the heads' raw outputs.\
        """
            .formatted(
                Printable.text(model),
                reason,
                signature.text(),
                FamilyOutputs.understood(),
                FamilyOutputs.names("|")));
  }
}
