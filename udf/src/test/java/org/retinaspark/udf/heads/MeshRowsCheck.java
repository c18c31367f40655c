package org.retinaspark.udf.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/**
 * Rows of a mesh against what its head makes of the features of their anchors.
 *
 * @param model with its features as outputs
 * @param head the mesh's
 * @param height of the input
 * @param width of the input
 */
record MeshRowsCheck(FeatureModel model, LinearHead head, int height, int width) {

  /** Compares the rows of two images; how many there are. */
  int run(Map<String, TrialOutput> outputs) {
    float[] chosen = HeadModels.values(outputs, "mesh_anchors");
    float[] rows = HeadModels.values(outputs, "mesh.Mesh68");
    int each = chosen.length / 2;
    assertThat(rows).hasSize(2 * each * head.values());
    for (int row = 0; row < chosen.length; row++) {
      float[] expected = expected(outputs, row / each, (int) chosen[row]);
      for (int value = 0; value < expected.length; value++) {
        assertThat(rows[row * expected.length + value])
            .isCloseTo(expected[value], within(1e-3f * Math.max(1, Math.abs(expected[value]))));
      }
    }
    return chosen.length;
  }

  private float[] expected(Map<String, TrialOutput> outputs, int image, int anchor) {
    List<AnchorLevel> anchors = model.model().family().anchors();
    int within = anchor;
    int level = 0;
    while (within >= anchors.get(level).count(width, height)) {
      within -= (int) anchors.get(level++).count(width, height);
    }
    String name = model.model().outputs().get(model.firstMap() + level);
    TrialOutput map = Objects.requireNonNull(outputs.get(name));
    int sizes = anchors.get(level).sizes().size();
    int channels = (int) map.shape()[1];
    int cells = (int) (map.shape()[2] * map.shape()[3]);
    float[] features = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      features[channel] = map.values().get((image * channels + channel) * cells + within / sizes);
    }
    return head.at(level, within % sizes, features);
  }
}
