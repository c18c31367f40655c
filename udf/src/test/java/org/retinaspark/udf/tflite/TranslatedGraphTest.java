package org.retinaspark.udf.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.graph.InvalidModelException;

/** What a graph may grow to. */
class TranslatedGraphTest {

  @Test
  void namesOfAConstantThatIsUsedOftenStayShort() {
    TfliteTensor constant =
        new TfliteTensor(2, "one", TfliteTensor.FLOAT32, List.of(1), ByteBuffer.allocate(4));
    TranslatedGraph graph =
        new TranslatedGraph(
            new TfliteModel(
                "a.tflite",
                List.of(computed(0, 1, 4), computed(1, 1, 4), constant),
                List.of(),
                List.of(0),
                List.of(1)),
            1);
    Set<String> names = new HashSet<>();
    for (int use = 0; use < 1000; use++) {
      names.add(graph.constant(constant, new float[1], 1).name());
    }
    assertThat(names).hasSize(1000).allMatch(name -> name.length() <= "one_1000".length());
  }

  @Test
  void moreValuesThanAnArrayHasAreRefused() {
    int longest = 1 << 26;
    List<Integer> inputs = Collections.nCopies(33, 0);
    List<TfliteTensor> tensors =
        new ArrayList<>(List.of(computed(0, 1, longest), computed(1, 1, 4)));
    TfliteOperator join =
        new TfliteOperator(0, "CONCATENATION", inputs, List.of(1), Optional.of(axisOne()));
    TfliteModel model = new TfliteModel("a.tflite", tensors, List.of(join), List.of(0), List.of(1));
    assertThatThrownBy(() -> new TfliteTranslation(new TranslatedGraph(model, 1)).onnx(Map.of()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("operator 0 (CONCATENATION) joins more values");
  }

  private static TfliteTensor computed(int index, int... shape) {
    List<Integer> lengths = new ArrayList<>();
    for (int length : shape) {
      lengths.add(length);
    }
    return new TfliteTensor(
        index, "tensor" + index, TfliteTensor.FLOAT32, lengths, ByteBuffer.allocate(0));
  }

  /** Options of which the first is 1: behind the offset of the table, its layout and itself. */
  private static FlatTable axisOne() {
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, 12);
    bytes.putShort(4, (short) 6).putShort(6, (short) 8).putShort(8, (short) 4);
    bytes.putInt(12, 8).putInt(16, 1);
    return FlatTable.root(bytes.array(), "a.tflite");
  }
}
