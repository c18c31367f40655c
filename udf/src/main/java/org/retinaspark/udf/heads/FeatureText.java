package org.retinaspark.udf.heads;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.model.ModelDescription;

/** What {@code model inspect} says of the features that heads can be fitted to. */
public final class FeatureText {

  private FeatureText() {}

  /**
   * A line for each level, each with its end; none for a model whose heads are of another kind.
   *
   * @param onnx the bytes of its file
   * @param model what it was recognised as
   */
  public static String of(byte[] onnx, ModelDescription model) {
    TrainableModel trainable;
    try {
      trainable = TrainableModel.of(onnx, model);
    } catch (InvalidModelException otherHeads) {
      return "";
    }
    List<AnchorLevel> levels = model.family().anchors();
    List<String> lines = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      lines.add(
          "%-15s%s, %d channels of stride %d (what heads are fitted to: 'train')%n"
              .formatted(
                  "features",
                  Printable.text(trainable.maps().get(level)),
                  trainable.channels(),
                  levels.get(level).stride()));
    }
    return String.join("", lines);
  }
}
