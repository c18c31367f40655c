package org.retinaspark.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.FaceMesh;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.input.TensorLayout;
import org.retinaspark.udf.runtime.TrialSession;

/** The pure detector and ONNX Runtime together find the squares where they are. */
final class TinyModelsTest {

  private static final List<Box> SQUARES =
      List.of(
          SquarePhoto.square(36, 44, 16),
          SquarePhoto.square(100, 60, 32),
          SquarePhoto.square(200, 72, 64),
          SquarePhoto.square(136, 232, 128),
          SquarePhoto.square(432, 432, 256));

  @Test
  void pytorchFamilyFindsSquaresOfEveryAnchor() {
    assertFound(faces(TinyModels.pytorchFamily(), SquarePhoto.of(609, 583, squares())), 0);
  }

  @Test
  void pytorchFamilyOfLogitsFindsTheSame() {
    assertFound(faces(TinyModels.pytorchLogits(), SquarePhoto.of(609, 583, squares())), 0);
  }

  @Test
  void insightFaceFamilyFindsSquaresOfEveryAnchor() {
    byte[] model = ModelImport.of(TinyModels.insightFaceFamily(), "tiny.onnx", BY_FILE).onnx();
    // Its boxes are one pixel smaller by convention, and lie at pixel centres.
    assertFound(faces(model, SquarePhoto.of(609, 583, squares())), 0.5f);
  }

  @Test
  void scrfdFindsSquaresOfEveryAnchor() {
    assertFound(faces(TinyModels.scrfdFamily(), SquarePhoto.of(609, 583, squares())), 0);
  }

  @Test
  void yunetFindsTheSquaresThatItLooksFor() {
    List<Face> faces = faces(TinyPointModels.yunetFamily(), SquarePhoto.of(609, 583, squares()));
    assertFound(faces, List.of(SQUARES.get(1), SQUARES.get(3), SQUARES.get(4)), 0);
  }

  @Test
  void centerFaceFindsSquaresAtItsFinerStride() {
    List<Box> squares = List.of(SquarePhoto.square(34, 46, 16), SquarePhoto.square(90, 62, 16));
    byte[] model = ModelImport.of(TinyPointModels.centerFaceFamily(), "tiny.onnx", BY_FILE).onnx();
    assertFound(faces(model, SquarePhoto.of(150, 99, squares.toArray(Box[]::new))), squares, 0);
  }

  @Test
  void cascadeFindsSquaresThroughBothStagesAndTheirMeshes() {
    List<Face> faces = faces(TinyCascade.cascade(), SquarePhoto.of(609, 583, squares()));
    assertFound(faces, 0);
    for (Face face : faces) {
      assertThat(face.meshes())
          .extracting(FaceMesh::topology)
          .containsExactly(TinyCascade.DENSE, TinyCascade.MESH68);
      face.meshes().forEach(mesh -> assertInPlace(mesh, face.box()));
    }
  }

  @Test
  void oneStageFindsTheSame() {
    assertFound(faces(TinyCascade.oneStage(), SquarePhoto.of(609, 583, squares())), 0);
  }

  private static void assertInPlace(FaceMesh mesh, Box square) {
    float[] expected = new float[mesh.vertices().length];
    for (int vertex = 0; vertex < mesh.topology().vertices(); vertex++) {
      List<Float> place = TinyCascade.vertex(mesh.topology(), vertex);
      expected[3 * vertex] = (square.x1() + square.x2()) / 2 + place.get(0) * square.width();
      expected[3 * vertex + 1] = (square.y1() + square.y2()) / 2 + place.get(1) * square.width();
      expected[3 * vertex + 2] = place.get(2) * square.width();
    }
    assertThat(mesh.vertices()).containsExactly(expected, within(1e-2f));
  }

  @ParameterizedTest
  @MethodSource("org.retinaspark.udf.model.ModelImportTest#models")
  void foldedModelFindsTheSameFacesToTheBit(byte[] model) {
    byte[] planes = ModelImport.of(model, "tiny.onnx", BY_FILE).onnx();
    byte[] pixels = ModelImport.of(model, "tiny.onnx", BY_FILE, Preprocessing.FOLDED).onnx();
    Pixels photo = SquarePhoto.of(609, 583, squares());
    assertThat(faces(pixels, photo))
        .isNotEmpty()
        .usingRecursiveComparison()
        .isEqualTo(faces(planes, photo));
  }

  @Test
  void blackImageHasNoFaces() {
    assertThat(faces(TinyModels.pytorchFamily(), SquarePhoto.of(75, 31))).isEmpty();
  }

  private static final RecognitionOptions BY_FILE = RecognitionOptions.BY_FILE;

  private static Box[] squares() {
    return SQUARES.toArray(Box[]::new);
  }

  private static void assertFound(List<Face> faces, float margin) {
    assertFound(faces, SQUARES, margin);
  }

  /** Whether the faces are these squares, each a margin smaller on all sides. */
  private static void assertFound(List<Face> faces, List<Box> squares, float margin) {
    assertThat(faces).hasSameSizeAs(squares);
    List<Face> ordered = new ArrayList<>(faces);
    ordered.sort(Comparator.comparingDouble(face -> face.box().x1()));
    List<Box> places = new ArrayList<>(squares);
    places.sort(Comparator.comparingDouble(Box::x1));
    for (int index = 0; index < places.size(); index++) {
      Box square = places.get(index);
      Face face = ordered.get(index);
      assertThat(face.score()).isCloseTo(0.9975f, within(1e-3f));
      assertThat(face.box().x1()).isCloseTo(square.x1() + margin, within(1e-2f));
      assertThat(face.box().y1()).isCloseTo(square.y1() + margin, within(1e-2f));
      assertThat(face.box().x2()).isCloseTo(square.x2() - margin, within(1e-2f));
      assertThat(face.box().y2()).isCloseTo(square.y2() - margin, within(1e-2f));
      for (int point = 0; point < 5; point++) {
        Point landmark = face.landmarks().get(point);
        float x = TinyModels.LANDMARKS.get(point * 2) * square.width();
        float y = TinyModels.LANDMARKS.get(point * 2 + 1) * square.width();
        assertThat(landmark.x()).isCloseTo((square.x1() + square.x2()) / 2 + x, within(1e-2f));
        assertThat(landmark.y()).isCloseTo((square.y1() + square.y2()) / 2 + y, within(1e-2f));
      }
    }
  }

  static List<Face> faces(byte[] onnx, Pixels image) {
    ModelDescription model = ModelRecognition.describe(onnx, "tiny.onnx", BY_FILE);
    Detector detector =
        new Detector(model.family(), model.size(), Protocol.ORIGINAL, Thresholds.WIDER_FACE);
    Placement placement = detector.placements(image.width(), image.height()).get(0);
    TensorLayout layout = model.format().layout();
    ByteBuffer tensor = ByteBuffer.allocate((int) layout.bytes(placement));
    model.format().fill(image, placement, tensor);
    long[] shape = layout.shape(1, placement.tensorHeight(), placement.tensorWidth());
    try (TrialSession session = TrialSession.open(onnx)) {
      Map<String, TrialSession.TrialOutput> outputs =
          session.run(model.input(), model.ports().type(), tensor, shape);
      List<FloatBuffer> values =
          model.outputs().stream()
              .map(name -> Objects.requireNonNull(outputs.get(name)).values())
              .toList();
      return detector.faces(List.of(detector.candidates(new NetworkOutput(placement, values))));
    }
  }
}
