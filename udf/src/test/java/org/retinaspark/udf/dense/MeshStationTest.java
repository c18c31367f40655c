package org.retinaspark.udf.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.StationTrial;
import org.retinaspark.udf.runtime.BatchLimits;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionRequest;

class MeshStationTest {

  /** Pixels of the image for one of the crop. */
  private static final float PIXEL = 1.3f * 64 / 192;

  private static final Box BOX = new Box(100, 60, 164, 124);

  @Test
  void verticesComeBackInPixelsOfTheImage() throws InterruptedException {
    ImageResult result = look(MeshNetworks.faceMesh("1"), MeshLimits.DEFAULT, face(BOX));

    float[] vertices = mesh(result).vertices().get(0);
    // 1.3 * 64 pixels of the image in 192 of the crop, from (90.4, 50.4) on.
    assertThat(vertices[3 * 50]).isCloseTo(90.4f + 50 * PIXEL, within(1e-4f));
    assertThat(vertices[3 * 50 + 1]).isCloseTo(50.4f + 50 * PIXEL, within(1e-4f));
    assertThat(vertices[3 * 50 + 2]).isCloseTo(-50 * PIXEL, within(1e-4f));
    assertThat(mesh(result).topology()).isEqualTo("FaceMesh468");
    assertThat(mesh(result).scores()[0]).isCloseTo(1 / (1 + (float) Math.exp(-0.6)), within(1e-3f));
    assertThat(result.details().landmarks68()).isNull();
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void facesTooSmallHaveNone() throws InterruptedException {
    MeshLimits limits = new MeshLimits(50, 0);

    ImageResult result =
        look(
            MeshNetworks.faceMesh("batch"),
            limits,
            face(new Box(0, 0, 49.9f, 90)),
            face(new Box(0, 0, 50, 90)));

    assertThat(mesh(result).vertices()).extracting(found -> found.length).containsExactly(0, 1404);
    assertThat(mesh(result).scores()[0]).isNaN();
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void unlikelyFacesHaveNone() throws InterruptedException {
    ImageResult result =
        look(
            MeshNetworks.faceMesh("1"),
            MeshLimits.DEFAULT,
            new Face(0.49f, BOX, List.of()),
            new Face(Float.NaN, BOX, List.of()),
            new Face(0.5f, BOX, List.of()),
            new Face(0.1f, new Box(0, 0, 0, 0), List.of()));

    assertThat(mesh(result).vertices())
        .extracting(found -> found.length)
        .containsExactly(0, 0, 1404, 0);
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void noAreaIsNoMeshAndAWarning() throws InterruptedException {
    ImageResult result =
        look(
            MeshNetworks.faceMesh("1"),
            new MeshLimits(0, 0),
            face(new Box(10, 10, 10, 60)),
            face(new Box(10, 60, 60, 10)),
            face(new Box(Float.NaN, 10, 60, 60)),
            face(new Box(10, 10, Float.POSITIVE_INFINITY, 60)),
            face(new Box(-60, 10, -1, 60)),
            face(new Box(300, 10, 360, 60)),
            face(BOX));

    assertThat(mesh(result).vertices())
        .extracting(found -> found.length)
        .containsExactly(0, 0, 0, 0, 0, 0, 1404);
    assertThat(result.warnings()).containsExactly("mesh_no_crop");
    assertThat(result.failure()).isNull();
  }

  @Test
  void noNumbersAreNoMeshAndAWarning() throws InterruptedException {
    float[] points = new float[1404];
    points[700] = Float.NaN;

    ImageResult result =
        look(MeshNetworks.faceMesh("1", points, "Identity"), MeshLimits.DEFAULT, face(BOX));

    assertThat(mesh(result).vertices().get(0)).isEmpty();
    assertThat(result.warnings()).containsExactly("mesh_not_finite");
    assertThat(result.faces()).hasSize(1);
  }

  @Test
  void aScoreThatIsNoNumberIsNoMeshAndAWarning() throws InterruptedException {
    // The logarithm of the crop's negative mean.
    byte[] onnx = MeshNetworks.faceMesh("1", new float[1404], "Neg", "Log");

    ImageResult result = look(onnx, new MeshLimits(32, 0), face(BOX));

    assertThat(mesh(result).vertices().get(0)).isEmpty();
    assertThat(result.warnings()).containsExactly("mesh_not_finite");
  }

  @Test
  void insightFacesPointsAreMeshAndLandmarks() throws InterruptedException {
    ImageResult result = look(MeshNetworks.dense68("batch"), MeshLimits.DEFAULT, face(BOX));

    float[] vertices = mesh(result).vertices().get(0);
    float[] points = Objects.requireNonNull(result.details().landmarks68()).get(0);
    assertThat(vertices).hasSize(204);
    assertThat(points).hasSize(136);
    // Half a pixel of the crop further: it counts centres of pixels.
    assertThat(points[0]).isCloseTo(84 + 0.25f, within(1e-4f));
    assertThat(points[135]).isCloseTo(140 + 0.25f, within(1e-4f));
    assertThat(vertices[2]).isCloseTo(24, within(1e-4f));
    assertThat(mesh(result).scores()[0]).isNaN();
  }

  @Test
  void pointsInTwoDimensionsAreLandmarksOnly() throws InterruptedException {
    ImageResult result = look(MeshNetworks.points68("1"), MeshLimits.DEFAULT, face(BOX));

    assertThat(result.details().mesh()).isNull();
    float[] points = Objects.requireNonNull(result.details().landmarks68()).get(0);
    CropRecipe recipe = MeshSignature.POINTS_68.crop();
    assertThat(points[2 * 34]).isCloseTo(132, within(1e-4f));
    assertThat(points[1]).isCloseTo((float) (92 - 32 * recipe.scale()), within(1e-4f));
  }

  @Test
  void cropsOfSeveralImagesShareABatch() throws InterruptedException {
    MeshStationFactory factory = factory(MeshNetworks.batchSize(), new MeshLimits(32, 0));
    Batching shared = new Batching(Batching.Mode.SHARED, new BatchLimits(4, 1 << 28, 60_000));
    try (StationTrial trial = new StationTrial(factory, shared)) {
      List<ImageResult> results =
          trial.results(
              StationTrial.image(grey(), List.of(face(BOX))),
              StationTrial.image(grey(), List.of()),
              StationTrial.image(grey(), List.of(face(BOX), face(BOX), face(BOX))));

      float[] vertices = mesh(results.get(0)).vertices().get(0);
      assertThat(vertices[2]).as("crops in the batch").isCloseTo(4 * PIXEL, within(1e-4f));
      assertThat(mesh(results.get(1)).vertices()).isEmpty();
      assertThat(mesh(results.get(2)).vertices()).hasSize(3);
    }
  }

  @Test
  void aNetworkOfOneCropServesManyWhateverTheBatching() throws InterruptedException {
    MeshStationFactory factory = factory(MeshNetworks.faceMesh("1"), MeshLimits.DEFAULT);
    Face[] faces = new Face[30];
    Arrays.fill(faces, face(BOX));
    for (Batching.Mode mode : List.of(Batching.Mode.NONE, Batching.Mode.SHARED)) {
      Batching batching = new Batching(mode, new BatchLimits(8, 1 << 28, 0));
      try (StationTrial trial = new StationTrial(factory, batching)) {
        trial.station().tryOut();
        ImageResult result = trial.results(StationTrial.image(grey(), List.of(faces))).get(0);

        assertThat(mesh(result).vertices()).hasSize(30).allMatch(found -> found.length == 1404);
      }
    }
  }

  static ImageResult look(byte[] onnx, MeshLimits limits, Face... faces)
      throws InterruptedException {
    try (StationTrial trial = new StationTrial(factory(onnx, limits), Batching.DEFAULT)) {
      return trial.results(StationTrial.image(grey(), List.of(faces))).get(0);
    }
  }

  static MeshStationFactory factory(byte[] onnx, MeshLimits limits) {
    MeshModel model = MeshRecognition.describe(onnx, "a.onnx");
    SessionRequest request =
        new SessionRequest(
            "a", model.sha256(), Provider.CPU, 0, SessionRequest.Precision.FLOAT32, 1);
    return new MeshStationFactory(model, request, limits, () -> onnx);
  }

  static FaceDetails.Mesh mesh(ImageResult result) {
    assertThat(result.failure()).isNull();
    return Objects.requireNonNull(result.details().mesh());
  }

  static Face face(Box box, Point... landmarks) {
    return new Face(0.9f, box, List.of(landmarks));
  }

  private static Pixels grey() {
    byte[] bgr = new byte[300 * 200 * Pixels.CHANNELS];
    Arrays.fill(bgr, (byte) 153);
    return new Pixels(300, 200, bgr);
  }
}
