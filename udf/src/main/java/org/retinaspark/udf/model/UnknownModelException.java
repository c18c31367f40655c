package org.retinaspark.udf.model;

import org.retinaspark.udf.graph.ModelSignature;
import org.retinaspark.udf.graph.Printable;

/**
 * A model that is valid ONNX but none of those that are understood. The message has several lines:
 * the reason, the model's inputs and outputs, what is understood, and the remedy.
 */
public final class UnknownModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownModelException(String model, String reason, ModelSignature signature) {
    this(
        model,
        "no face detector that is understood",
        reason,
        signature,
        """
        Understood are, with float input [batch, 3, height, width] or [batch, height, width, 3],
        %sA model of one of these families that has other outputs besides can be named: --family %s; \
        'model import FILE -o OUT --family NAME' writes that into the file. Other exports have to be \
        made anew, with the heads' raw outputs.\
        """
            .formatted(FamilyOutputs.understood(), FamilyOutputs.names("|")));
  }

  /**
   * A model that was looked at for what it isn't.
   *
   * @param model the name of the file
   * @param kind what it isn't, as "no face detector"
   * @param reason why not
   * @param signature its inputs and outputs
   * @param remedy what is understood, and what to do
   */
  public UnknownModelException(
      String model, String kind, String reason, ModelSignature signature, String remedy) {
    super(
        "model '%s' is %s: %s.\nIt has\n%s%s"
            .formatted(Printable.text(model), kind, reason, signature.text(), remedy));
  }
}
