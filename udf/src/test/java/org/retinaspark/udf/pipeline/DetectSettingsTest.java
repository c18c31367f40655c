package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelInspection;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.runtime.BatchLimits;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionRequest;

class DetectSettingsTest {

  @Test
  void surviveTheWayToAnExecutor() throws IOException, ClassNotFoundException {
    DetectSettings settings = settings(TinyModels.pytorchFamily(), Batching.DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }

    Object arrived =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(arrived).isEqualTo(settings);
  }

  @Test
  void aModelOfFixedBatchCantShareLargerOnes() {
    Batching eight = new Batching(Batching.Mode.SHARED, BatchLimits.DEFAULT);

    assertThatThrownBy(() -> settings(TinyModels.scrfdFamily(), eight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--batch-size is 8")
        .hasMessageContaining("model import");
  }

  /** A task that is repeated after a crash of its executor makes the same rows. */
  @Test
  void oneFileAtATimePassesTheSameStations() {
    ColourStation station = ColourStation.create();
    DetectSettings settings = settings(TinyModels.pytorchFamily(), Batching.DEFAULT, station);

    assertThat(settings.oneByOne().stations()).containsExactly(station);
    assertThat(settings.oneByOne().fills()).containsExactly(FaceDetails.Kind.POSE);
  }

  @Test
  void rangesAreChecked() {
    assertThatThrownBy(() -> new PipelineSettings(0, 1, Duration.ofSeconds(1)))
        .hasMessageContaining("--readers is 0");
    assertThatThrownBy(() -> new PipelineSettings(1, 0, Duration.ofSeconds(1)))
        .hasMessageContaining("--read-ahead is 0");
    assertThatThrownBy(() -> new PipelineSettings(1, 1, Duration.ZERO))
        .hasMessageContaining("--image-timeout is 0");
    assertThatThrownBy(() -> new BatchLimits(0, 1, 1)).hasMessageContaining("--batch-size is 0");
    assertThatThrownBy(() -> new BatchLimits(1, 1L << 31, 1))
        .hasMessageContaining("--batch-bytes is 2147483648");
    assertThatThrownBy(() -> new BatchLimits(1, 1, -1)).hasMessageContaining("--batch-wait is -1");
  }

  static DetectSettings settings(byte[] onnx, Batching batching, StationFactory... stations) {
    ModelDescription model =
        ModelInspection.of(onnx, "tiny.onnx", RecognitionOptions.BY_FILE).model();
    return new DetectSettings(
        model,
        new SessionRequest(
            model.name(), model.sha256(), Provider.CPU, 0, SessionRequest.Precision.FLOAT32, 1),
        Protocol.ORIGINAL,
        Thresholds.WIDER_FACE,
        DecodeSettings.DEFAULT,
        batching,
        PipelineSettings.DEFAULT,
        1 << 20,
        null,
        List.of(stations),
        null);
  }
}
