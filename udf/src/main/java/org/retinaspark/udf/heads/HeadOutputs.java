package org.retinaspark.udf.heads;

import java.util.EnumMap;
import java.util.Map;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.model.ModelDescription;

/** Which outputs of a model the last stage's heads make. */
final class HeadOutputs {

  private HeadOutputs() {}

  /**
   * Their places among the outputs.
   *
   * @throws InvalidModelException if the model is of a family whose heads are others
   */
  static Map<HeadTask, Integer> of(OnnxFile file, ModelDescription model) {
    if (model.family() instanceof PyTorchFamily) {
      return places(0);
    }
    if (model.family() instanceof RetinaFaceFamily family) {
      return places(family.isCascade() ? 1 : 0);
    }
    String first = model.outputs().get(0);
    throw new InvalidModelException(
        model.name(),
        ("it is of the family '%s' (its output '%s' comes of the operator %s), but heads can be"
                + " fitted to '%s' and '%s' only, whose heads are 1x1 convolutions of features")
            .formatted(
                model.family().name(),
                Printable.text(first),
                Printable.text(file.graph().operatorBehind(first)),
                PyTorchFamily.NAME,
                RetinaFaceFamily.NAME));
  }

  private static Map<HeadTask, Integer> places(int boxes) {
    Map<HeadTask, Integer> places = new EnumMap<>(HeadTask.class);
    places.put(HeadTask.BOX, boxes);
    places.put(HeadTask.CLASS, boxes + 1);
    places.put(HeadTask.LANDMARKS, boxes + 2);
    return places;
  }
}
