package org.retinaspark.udf.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.TrialSession;

class MultiplyAddsTest {

  private static final int HEIGHT = 6;
  private static final int WIDTH = 10;

  @Test
  void eachLayerIsCountedByHand() {
    NetworkBuilder network = new NetworkBuilder();
    String image = network.input("image", "1", "4", "6", "10");
    // 3x3, stride 2, two groups: 3 x 5 cells, 8 outputs of 2 inputs each.
    String half =
        network.node(
            "Conv",
            List.of(image, network.floats(List.of(8L, 2L, 3L, 3L), new float[144])),
            NetworkBuilder.integersAttribute("strides", 2, 2),
            NetworkBuilder.integersAttribute("pads", 1, 1, 1, 1),
            NodeAttributes.integer("group", 2));
    // 2x2, stride 2: each of 3 x 5 cells of 8 channels goes into 5 channels of four cells.
    String whole =
        network.node(
            "ConvTranspose",
            List.of(half, network.floats(List.of(8L, 5L, 2L, 2L), new float[160])),
            NetworkBuilder.integersAttribute("strides", 2, 2));
    // 5 rows of 60 values, by 60 x 7.
    String rows = network.reshape(whole, 5, 60);
    String product =
        network.node("MatMul", List.of(rows, network.floats(List.of(60L, 7L), new float[420])));
    // Transposed, 7 rows of 5 values, by 5 x 3.
    String last =
        network.node(
            "Gemm",
            List.of(product, network.floats(List.of(5L, 3L), new float[15])),
            NodeAttributes.integer("transA", 1));
    network.output(last, "result", "7", "3");
    OnnxFile file = OnnxFile.parse(network.model().toByteArray(), "layers.onnx");

    assertThat(file.parameterCount()).isEqualTo(144 + 160 + 420 + 15);
    MultiplyAdds counter = MultiplyAdds.of(file);
    assertThat(counter.layers()).isEqualTo(4);
    int convolution = 3 * 5 * 8 * 2 * 9;
    int transposed = 3 * 5 * 8 * 5 * 4;
    int matrices = 5 * 60 * 7 + 7 * 5 * 3;
    assertThat(counter.count(shapes(counter.onnx())))
        .isEqualTo(convolution + transposed + matrices);
  }

  @Test
  void aFunctionOfTheModelsOwnIsNoConvolution() {
    NetworkBuilder network = new NetworkBuilder();
    String image = network.input("image", "1", "4", "6", "10");
    network.output(network.node("Conv", List.of(image, image)), "result", "1", "4", "6", "10");
    ModelProto.Builder model = network.model().toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setDomain("own");
    model.addFunctionsBuilder().setDomain("own").setName("Conv");
    OnnxFile file = OnnxFile.parse(model.build().toByteArray(), "own.onnx");
    assertThat(MultiplyAdds.of(file).layers()).isZero();
  }

  private static Map<String, float[]> shapes(byte[] twin) {
    ByteBuffer image = ByteBuffer.allocate(4 * HEIGHT * WIDTH * Float.BYTES);
    Map<String, float[]> shapes = new HashMap<>();
    try (TrialSession session = TrialSession.open(twin)) {
      session
          .run("image", ElementType.FLOAT, image, new long[] {1, 4, HEIGHT, WIDTH})
          .forEach(
              (name, output) -> {
                float[] shape = new float[output.values().limit()];
                output.values().get(0, shape);
                shapes.put(name, shape);
              });
    }
    return shapes;
  }
}
