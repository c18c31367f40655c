package org.retinaspark.udf.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/** Feature maps against those that a Python program took out of the same network. */
final class FeaturesGoldenTest {

  private static final int HEIGHT = 97;
  private static final int WIDTH = 131;

  @Test
  void featuresAreThoseOfTheReference() throws IOException {
    FeatureModel features = HeadModels.trainable(HeadModels.pytorch()).withFeatures();
    List<String> maps =
        features.model().outputs().subList(features.firstMap(), features.model().outputs().size());
    Map<String, TrialOutput> outputs;
    try (TrialSession session = TrialSession.open(features.onnx())) {
      outputs =
          session.run(
              features.model().input(),
              features.model().ports().type(),
              image(),
              new long[] {1, 3, HEIGHT, WIDTH});
    }
    int compared = 0;
    for (String line : golden()) {
      String[] fields = line.split(",", -1);
      TrialOutput map = Objects.requireNonNull(outputs.get(maps.get(Integer.parseInt(fields[0]))));
      assertThat(map.shape())
          .containsExactly(
              1, Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3]));
      float expected = Float.parseFloat(fields[5]);
      assertThat(map.values().get(Integer.parseInt(fields[4])))
          .as(line)
          .isCloseTo(expected, within(1e-4f * Math.max(1, Math.abs(expected))));
      compared++;
    }
    assertThat(compared).isGreaterThan(300);
  }

  /** The image of {@code features.py}. */
  private static ByteBuffer image() {
    ByteBuffer image =
        ByteBuffer.allocate(3 * HEIGHT * WIDTH * Float.BYTES).order(ByteOrder.nativeOrder());
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < HEIGHT; row++) {
        for (int column = 0; column < WIDTH; column++) {
          image.putFloat((37 * channel + 11 * row + 17 * column) % 256 - 120);
        }
      }
    }
    return image.flip();
  }

  private static List<String> golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(FeaturesGoldenTest.class.getResourceAsStream("features.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
