package org.retinaspark.udf.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenBatchTest {

  @Test
  void opensInputsOutputsAndReshapesOfWhatIsComputed() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("crop", "1", "3", "4", "4");
    String rows = network.reshape(input, 1, -1);
    // Constants have no batch.
    String weights = network.reshape(network.floats(List.of(48L), new float[48]), 1, 48);
    network.output(network.node("Add", List.of(rows, weights)), "points", "1", "48");
    DynamicGraph open = OpenBatch.of(parse(network), "crop");
    assertThat(open.changes())
        .containsExactly(
            "Reshape '" + rows + "': [1, -1] is [0, -1]",
            "input 'crop' [1, 3, 4, 4] is [batch, 3, 4, 4]",
            "output 'points' [1, 48] is [batch, 48]");
    OnnxFile file = OnnxFile.parse(open.onnx(Map.of()), "open");
    assertThat(file.signature().inputs().get(0).text()).isEqualTo("crop float [batch, 3, 4, 4]");
    assertThat(file.signature().outputs().get(0).text()).isEqualTo("points float [batch, 48]");
  }

  @Test
  void leavesWhatIsOpenAlready() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("crop", "batch", "3", "4", "4");
    network.output(network.reshape(input, -1, 48), "points", "batch", "48");
    OnnxFile file = parse(network);
    DynamicGraph open = OpenBatch.of(file, "crop");
    assertThat(open.changes()).isEmpty();
    assertThat(open.graph()).isEqualTo(file.proto().getGraph());
  }

  @Test
  void leavesReshapesWhoseZerosAreZeros() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("crop", "1", "3", "4", "4");
    String shape = network.integers(1, 48);
    String rows =
        network.node("Reshape", List.of(input, shape), NodeAttributes.integer("allowzero", 1));
    network.output(rows, "points", "1", "48");
    List<NodeProto> nodes = OpenBatch.of(parse(network), "crop").graph().getNodeList();
    assertThat(nodes.get(0).getInput(1)).isEqualTo(shape);
  }

  private static OnnxFile parse(NetworkBuilder network) {
    return OnnxFile.parse(network.model().toByteArray(), "a.onnx");
  }
}
