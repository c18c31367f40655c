package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;
import org.retinaspark.udf.runtime.TensorLease;
import org.retinaspark.udf.runtime.TensorPool;
import org.retinaspark.udf.runtime.TensorReserve;

@Timeout(60)
class ImagePreparationTest {

  private static final int SIDE = 64;

  @Test
  void memoryThatCouldNotBeHandedInServesTheNextImage() throws IOException, InterruptedException {
    DetectSettings settings =
        DetectSettingsTest.settings(TinyModels.pytorchFamily(), Batching.DEFAULT);
    try (TensorReserve reserve = new TensorReserve();
        TensorPool oneAtATime = new TensorPool(reserve, 1, 1 << 20);
        ImagePreparation preparation =
            new ImagePreparation(
                settings, settings.detector(), new Refusing(), oneAtATime, new StageTimes())) {
      for (int number = 0; number < 3; number++) {
        ImageInProgress image = preparation.prepare(input(), new Content(png(), null));

        assertThat(image.failure()).isNotNull();
        assertThat(image.failure().message()).contains("takes nothing");
      }
    }
  }

  private static ImageInput input() {
    return new ImageInput("a.png", "file:/a.png", 1, null, null, List.of(), () -> new byte[0]);
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  /** Inference that has gone. */
  private static final class Refusing implements Inference {

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader) {
      throw new IllegalStateException("it takes nothing any more");
    }
  }
}
