package org.retinaspark.udf.dense.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.dense.MeshNetworks;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.NetworkBuilder;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelImportException;
import org.retinaspark.udf.model.UnknownModelException;
import org.retinaspark.udf.tflite.TinyTflite;

class MeshImportTest {

  static List<byte[]> networks() {
    return List.of(
        MeshNetworks.faceMesh("1"), MeshNetworks.dense68("1"), MeshNetworks.points68("1"));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void takesAnyNumberOfCropsThen(byte[] onnx) {
    MeshImport imported = MeshImport.of(onnx, "a.onnx");
    assertThat(imported.model().ports().batchLimit()).isEqualTo(Integer.MAX_VALUE);
    assertThat(imported.changes()).anyMatch(change -> change.contains("[batch, 3, "));
    assertThat(imported.model().origin()).isEqualTo(OnnxFile.sha256(onnx));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void importedOnceMoreIsTheSame(byte[] onnx) {
    byte[] once = MeshImport.of(onnx, "a.onnx").onnx();
    MeshImport twice = MeshImport.of(once, "a.onnx");
    assertThat(twice.onnx()).isEqualTo(once);
    assertThat(twice.changes()).isEmpty();
  }

  @Test
  void takesTflite() {
    byte[] tflite = TinyTflite.mesh();
    MeshImport imported = MeshImport.of(tflite, "mesh.tflite");
    assertThat(imported.model().family().name()).isEqualTo("facemesh");
    assertThat(imported.model().ports().batchLimit()).isEqualTo(Integer.MAX_VALUE);
    assertThat(imported.model().origin()).isEqualTo(OnnxFile.sha256(tflite));
    assertThat(OnnxFile.parse(imported.onnx(), "a").metadata())
        .containsEntry(MeshImport.TRANSLATION, MeshImport.FROM_TFLITE);
    assertThat(imported.changes()).first().asString().contains("operators of TFLite are ONNX's");
    assertThat(MeshImport.of(imported.onnx(), "mesh.onnx").onnx()).isEqualTo(imported.onnx());
  }

  @Test
  void tfliteOfSomethingElseIsUnknown() {
    assertThatThrownBy(() -> MeshImport.of(TinyTflite.file(), "a.tflite"))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageContaining("no mesh or landmark network that is understood");
  }

  @Test
  void networkThatMixesCropsIsRefused() {
    NetworkBuilder network = new NetworkBuilder();
    String crop = network.input("data", "1", "3", "112", "112");
    // The mean over the batch too.
    String mean = network.along("Concat", 0, crop);
    for (int axis = 0; axis < 4; axis++) {
      mean = network.node("ReduceMean", List.of(mean), axis(axis));
    }
    String spread =
        network.node(
            "Add",
            List.of(
                network.reshape(mean, 1, 1), network.floats(List.of(1L, 136L), new float[136])));
    String like = network.reshape(network.node("GlobalAveragePool", List.of(crop)), -1, 3);
    String none = network.node("Mul", List.of(like, network.floats(List.of(1L), 0f)));
    String column =
        network.node("MatMul", List.of(none, network.floats(List.of(3L, 1L), 1f, 1f, 1f)));
    network.output(network.node("Add", List.of(column, spread)), "fc1", "1", "136");
    byte[] onnx = network.model().toByteArray();
    assertThatThrownBy(() -> MeshImport.of(onnx, "mixed.onnx"))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("the batch of model 'mixed.onnx' could not be made dynamic")
        .hasMessageContaining("output 'fc1' of two crops together is not what each gives alone");
  }

  @Test
  void networkWithoutNumbersIsRefused() {
    float[] points = new float[468 * 3];
    points[7] = Float.NaN;
    byte[] onnx = MeshNetworks.faceMesh("1", points, "Identity");
    assertThatThrownBy(() -> MeshImport.of(onnx, "nan.onnx"))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("its output 'points' has values that are no numbers");
  }

  @Test
  void inspectionSaysWhatItIs() {
    String text = MeshInspection.text(TinyTflite.mesh(), "mesh.tflite");
    assertThat(text.lines())
        .anyMatch(line -> line.equals("sha256         " + OnnxFile.sha256(TinyTflite.mesh())))
        .anyMatch(line -> line.startsWith("format         TFLite; 'model import'"))
        .anyMatch(line -> line.startsWith("family         facemesh: MediaPipe Face Mesh"))
        .anyMatch(line -> line.startsWith("crop           a square of 1.3 longer sides"))
        .anyMatch(line -> line.equals("input          image float [batch, 3, 192, 192]"))
        .anyMatch(line -> line.equals("output         points float [batch, 1, 1, 1404]"))
        .anyMatch(line -> line.equals("parameters     5,620"))
        .anyMatch(line -> line.startsWith("multiply-adds  0.000 G a crop"))
        .anyMatch(line -> line.startsWith("licence        unknown"));
  }

  private static AttributeProto axis(int axis) {
    return AttributeProto.newBuilder()
        .setName("axes")
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(axis)
        .build();
  }
}
