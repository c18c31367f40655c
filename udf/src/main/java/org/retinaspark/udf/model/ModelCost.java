package org.retinaspark.udf.model;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.graph.MultiplyAdds;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/**
 * The work of a model on one image, at the sizes that the field compares at.
 *
 * @param width of the network's input
 * @param height of the network's input
 * @param multiplyAdds multiplications with an addition, in convolutions and matrix products
 */
record ModelCost(int width, int height, double multiplyAdds) {

  private static final int SIDE = 640;
  private static final int VGA_HEIGHT = 480;

  /**
   * Runs a model on noise at 640x640 and at VGA's 640x480, or at its own size if it takes no other.
   *
   * @throws InferenceException if a run fails
   */
  static List<ModelCost> of(Recognised model) {
    MultiplyAdds counter = MultiplyAdds.of(model.facts().file());
    List<ModelCost> costs = new ArrayList<>();
    if (counter.layers() > 0) {
      try (TrialSession session = TrialSession.open(counter.onnx())) {
        TrialRuns runs = new TrialRuns(session, model.description());
        for (RandomImages images : images(model.description().size())) {
          double all = counter.count(shapes(runs.run(images)));
          costs.add(new ModelCost(images.width(), images.height(), all / images.batch()));
        }
      }
    }
    return costs;
  }

  private static Set<RandomImages> images(InputSize size) {
    Set<RandomImages> images = new LinkedHashSet<>();
    for (int height : List.of(SIDE, VGA_HEIGHT)) {
      int batch = size.batch() == InputSize.DYNAMIC ? 1 : size.batch();
      int rows = size.height() == InputSize.DYNAMIC ? height : size.height();
      int columns = size.width() == InputSize.DYNAMIC ? SIDE : size.width();
      if (rows % size.multiple() == 0 && columns % size.multiple() == 0) {
        images.add(new RandomImages(batch, rows, columns, 1));
      }
    }
    return images;
  }

  private static Map<String, float[]> shapes(Map<String, TrialOutput> outputs) {
    Map<String, float[]> shapes = new HashMap<>();
    outputs.forEach(
        (name, output) -> {
          FloatBuffer values = output.values();
          float[] shape = new float[values.limit()];
          values.get(0, shape);
          shapes.put(name, shape);
        });
    return shapes;
  }
}
