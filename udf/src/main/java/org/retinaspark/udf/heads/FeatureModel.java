package org.retinaspark.udf.heads;

import org.retinaspark.udf.model.ModelDescription;

/**
 * A detector that gives the features of its heads too.
 *
 * @param onnx its bytes, shared, not copied
 * @param model what it is; its outputs are the family's, then the feature maps of the levels,
 *     {@code [batch, channels, rows, columns]}, finest first
 */
public record FeatureModel(byte[] onnx, ModelDescription model) {

  /** Where the feature maps begin among the outputs. */
  public int firstMap() {
    return model.outputs().size() - model.family().anchors().size();
  }
}
