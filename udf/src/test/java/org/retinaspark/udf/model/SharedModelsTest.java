package org.retinaspark.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.runtime.TrialSession;

/** Real exports of the same weights, one frozen at 640 x 640, one dynamic. */
final class SharedModelsTest {

  private static final String FROZEN = "retinaface_mnet025_640.onnx";
  private static final String DYNAMIC = "retinaface_mnet025_dynamic.onnx";

  @Test
  void realExportIsOfThePyTorchFamily() throws IOException {
    ModelDescription model = ModelRecognition.describe(bytes(DYNAMIC), DYNAMIC, BY_FILE);
    assertThat(model.family()).isEqualTo(new PyTorchFamily(ClassOutput.PROBABILITIES));
    assertThat(model.outputs()).containsExactly("output0", "output1", "output2");
    assertThat(model.input()).isEqualTo("input0");
  }

  @Test
  void publishedFilesAreKnownWithTheirLicences() throws IOException {
    assertThat(ModelInspection.of(bytes(DYNAMIC), "a.onnx", BY_FILE).text())
        .contains(
            "known as       retinaface-mnet025-biubug6: RetinaFace MobileNet-0.25, any input size")
        .contains("source         biubug6/Pytorch_Retinaface")
        .contains(
            "published AP   90.70 / 88.16 / 73.82, protocol original (biubug6/Pytorch_Retinaface)")
        .contains("published AP   88.67 / 87.09 / 80.99, protocol mxnet")
        .contains("licence        MIT");
    assertThat(ModelInspection.of(bytes(FROZEN), "b.onnx", BY_FILE).text())
        .contains(
            "known as       retinaface-mnet025-biubug6-640: RetinaFace MobileNet-0.25, 640x640")
        .contains("licence        MIT");
    assertThat(
            ModelInspection.of(bytes("retinaface_mnet025_yakhyo_mit.onnx"), "c.onnx", BY_FILE)
                .text())
        .contains(
            "known as       retinaface-mnet025: RetinaFace MobileNet-0.25, trained anew, any input")
        .contains("licence        MIT");
    assertThat(ModelInspection.of(bytes("scrfd_500m_bnkps.onnx"), "d.onnx", BY_FILE).text())
        .contains("known as       scrfd-500m-kps: SCRFD-500M with five landmarks, 640x640")
        .contains("licence        non-commercial research only");
  }

  @Test
  void importedFrozenExportAgreesWithTheDynamicOneAtAnySize() throws IOException {
    byte[] frozen = bytes(FROZEN);
    byte[] dynamic = bytes(DYNAMIC);
    ModelImport imported = ModelImport.of(frozen, FROZEN, BY_FILE);
    assertThat(imported.model().size().multiple()).isEqualTo(1);
    assertThat(imported.model().size())
        .isEqualTo(new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1));
    for (int[] shape : List.of(new int[] {1, 517, 723}, new int[] {2, 33, 47})) {
      List<FloatBuffer> expected = run(dynamic, shape);
      List<FloatBuffer> actual = run(imported.onnx(), shape);
      for (int output = 0; output < expected.size(); output++) {
        assertThat(worst(expected.get(output), actual.get(output))).isCloseTo(0f, within(1e-4f));
      }
    }
  }

  @Test
  void foldedExportGivesTheSameNumbers() throws IOException {
    byte[] dynamic = bytes(DYNAMIC);
    byte[] folded = ModelImport.of(dynamic, DYNAMIC, BY_FILE, Preprocessing.FOLDED).onnx();
    int[] shape = {2, 237, 411};
    List<FloatBuffer> expected = run(dynamic, shape);
    List<FloatBuffer> actual = run(folded, shape);
    for (int output = 0; output < expected.size(); output++) {
      assertThat(worst(expected.get(output), actual.get(output))).isCloseTo(0f, within(1e-5f));
    }
  }

  private static float worst(FloatBuffer expected, FloatBuffer actual) {
    assertThat(actual.limit()).isEqualTo(expected.limit());
    float worst = 0;
    for (int index = 0; index < expected.limit(); index++) {
      worst = Math.max(worst, Math.abs(expected.get(index) - actual.get(index)));
    }
    return worst;
  }

  private static List<FloatBuffer> run(byte[] onnx, int[] shape) {
    ModelDescription model = ModelRecognition.describe(onnx, "a.onnx", BY_FILE);
    InputFormat format = model.format();
    try (TrialSession session = TrialSession.open(onnx)) {
      Map<String, TrialSession.TrialOutput> outputs =
          session.run(
              model.input(),
              model.ports().type(),
              new RandomImages(shape[0], shape[1], shape[2], 7).tensor(format),
              format.layout().shape(shape[0], shape[1], shape[2]));
      return model.outputs().stream()
          .map(name -> Objects.requireNonNull(outputs.get(name)).values())
          .toList();
    }
  }

  private static byte[] bytes(String name) throws IOException {
    Path shared = Path.of(System.getProperty("retinaspark.shared", "absent"));
    assumeTrue(Files.isDirectory(shared.resolve("widerface")), "no reference data in " + shared);
    return Files.readAllBytes(shared.resolve("models").resolve(name));
  }
}
