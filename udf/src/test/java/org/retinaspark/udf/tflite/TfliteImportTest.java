package org.retinaspark.udf.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.graph.ModelSignature;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.TrialSession;

class TfliteImportTest {

  private static final List<String> OUTPUTS =
      List.of("rows", "vector", "map_of/all", "model/layer_17", "model/layer_20");

  private static final int VALUES = TinyTflite.HEIGHT * TinyTflite.WIDTH * TinyTflite.CHANNELS;

  private final byte[] onnx =
      TfliteImport.onnx(TinyTflite.file(), "tiny.tflite", Map.of("made", "up"));

  @Test
  void givesWhatTensorFlowLiteGives() {
    FloatBuffer golden = TinyTflite.golden();
    float[] image = new float[VALUES];
    golden.get(image);
    Map<String, TrialSession.TrialOutput> outputs = run(image);
    assertThat(outputs.keySet()).containsExactlyElementsOf(OUTPUTS);
    for (Map.Entry<String, TrialSession.TrialOutput> output : outputs.entrySet()) {
      FloatBuffer values = output.getValue().values();
      for (int index = 0; index < values.limit(); index++) {
        assertThat(values.get(index))
            .as("value %d of %s", index, output.getKey())
            .isCloseTo(golden.get(), Offset.offset(2e-5f));
      }
    }
    assertThat(golden.hasRemaining()).isFalse();
  }

  @Test
  void eachImageOfABatchGivesWhatItGivesAlone() {
    float[] first = new float[VALUES];
    TinyTflite.golden().get(first);
    float[] both = new float[2 * VALUES];
    for (int index = 0; index < VALUES; index++) {
      both[index] = first[VALUES - 1 - index];
      both[VALUES + index] = first[index];
    }
    Map<String, TrialSession.TrialOutput> alone = run(first);
    run(both)
        .forEach(
            (name, output) -> {
              FloatBuffer expected = Objects.requireNonNull(alone.get(name)).values();
              assertThat(output.values().limit()).isEqualTo(2 * expected.limit());
              for (int index = 0; index < expected.limit(); index++) {
                assertThat(output.values().get(expected.limit() + index))
                    .isCloseTo(expected.get(index), Offset.offset(1e-5f));
              }
            });
  }

  @Test
  void saysWhatItTakesAndGives() {
    OnnxFile file = OnnxFile.parse(onnx, "tiny.onnx");
    ModelSignature signature = file.signature();
    assertThat(signature.inputs())
        .extracting(TensorSignature::text)
        .containsExactly("image float [batch, 4, 11, 13]");
    assertThat(signature.outputs())
        .extracting(TensorSignature::text)
        .containsExactly(
            "rows float [batch, 25, 16]",
            "vector float [batch, 24]",
            "map_of/all float [batch, 2, 4, 5]",
            "model/layer_17 float [batch, 7, 12, 8]",
            "model/layer_20 float [batch, 11, 13, 8]");
    assertThat(file.metadata()).containsEntry("made", "up");
  }

  @Test
  void isKnownByWhatStandsAtByteFour() {
    assertThat(TfliteImport.isTflite(TinyTflite.file())).isTrue();
    assertThat(TfliteImport.isTflite(onnx)).isFalse();
    assertThat(TfliteImport.isTflite(new byte[7])).isFalse();
  }

  /** Of images {@code [1, 11, 13, 4]} one after the other. */
  private Map<String, TrialSession.TrialOutput> run(float[] images) {
    int count = images.length / VALUES;
    ByteBuffer planes =
        ByteBuffer.allocate(images.length * Float.BYTES).order(ByteOrder.nativeOrder());
    int cells = TinyTflite.HEIGHT * TinyTflite.WIDTH;
    for (int image = 0; image < count; image++) {
      for (int channel = 0; channel < TinyTflite.CHANNELS; channel++) {
        for (int cell = 0; cell < cells; cell++) {
          planes.putFloat(images[image * VALUES + cell * TinyTflite.CHANNELS + channel]);
        }
      }
    }
    try (TrialSession session = TrialSession.open(onnx)) {
      return session.run(
          "image",
          ElementType.FLOAT,
          planes.flip(),
          new long[] {count, TinyTflite.CHANNELS, TinyTflite.HEIGHT, TinyTflite.WIDTH});
    }
  }
}
