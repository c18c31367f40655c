package org.retinaspark.udf.tflite;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.graph.InvalidModelException;

/** What isn't translated is named, with what to do. */
class RefusedTfliteTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "operator | its operator 0 (SOFTMAX) isn't translated; these are: ADD, AVERAGE_POOL_2D,",
        "operator | Make ONNX of it with another program, and give that",
        "often | it uses the numbers in it more than 8 times over",
        "custom | its operator 0 (custom Face.Warp) isn't translated",
        "quantised | tensor 0 ('image') float32 [1, 4, 4, 2] is quantised, which isn't translated",
        "quantised | convert the model without quantisation",
        "dynamic | tensor 0 ('image') float32 [1, 4, 4, 2] has a dynamic axis 1; only the batch"
            + " may",
        "dynamic | convert it with fixed sizes",
        "graphs | it has 2 graphs; one is translated",
        "version | it is of version 2 of TFLite, not 3",
        "type | its input tensor 0 ('image') uint8 [1, 4, 4, 2] isn't translated: it must be"
            + " float32",
        "sparse | is sparse, which isn't translated",
        "batch | its input tensor 0 ('image') float32 [2, 4, 4, 2] isn't translated",
        "fused | its operator 0 (ADD) has a fused activation of code 4; none, RELU and RELU6 are",
        "whole | tensor 1 ('model/layer.1') int8 [2, 1, 1, 2] is where floats must be",
        "shape | its operator 0 (MAX_POOL_2D) makes [1, 2, 2, 2] of a batch of 1, and the file"
            + " says",
        "kernel | its operator 0 (MAX_POOL_2D) has a kernel larger than tensor 0",
        "stride | its operator 0 (MAX_POOL_2D) has strides of [0, 1]; each must be 1 to 4096",
        "axis | its operator 0 (CONCATENATION) joins along axis 0, which isn't translated",
        "reshape | its operator 0 (RESHAPE) makes tensor 1 ('made') float32 [4, 8] of tensor 0",
        "circle | its operator 0 (RELU) is given tensor 1 ('made') float32 [1, 4, 4, 2], which"
            + " nothing",
        "slopes | its operator 0 (PRELU) computes its slopes, which isn't translated",
        "constant | its operator 0 (CONCATENATION) is given the constant tensor 1"
      })
  void isNamed(String file, String reason) {
    byte[] content = TinyTflite.resource("refused/" + file + ".tflite");
    assertThatThrownBy(() -> TfliteImport.onnx(content, "a.tflite", Map.of()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith("model 'a.tflite' can't be used: ")
        .hasMessageContaining(reason);
  }
}
