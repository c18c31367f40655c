package org.retinaspark.udf.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.crop.CanonicalFace;
import org.retinaspark.udf.crop.FacePart;
import org.retinaspark.udf.crop.HeadPose;
import org.retinaspark.udf.crop.Landmarks68;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.FaceDetails.Kind;
import org.retinaspark.udf.pipeline.ImageInProgress;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.StationTrial;
import org.retinaspark.udf.runtime.Batching;

class GeometryStationTest {

  private static final Set<Kind> ALL = EnumSet.of(Kind.LANDMARKS68, Kind.POSE, Kind.PARTS);

  /** Five points of an upright face that looks into the camera. */
  private static final List<Point> POINTS =
      List.of(
          new Point(80, 80),
          new Point(120, 80),
          new Point(100, 104),
          new Point(84, 125),
          new Point(116, 125));

  private static final Face FACE = new Face(0.9f, new Box(60, 40, 140, 160), POINTS);

  @Test
  void ofAMeshThereIsAll() throws InterruptedException {
    ImageResult result = derived(ALL, image(FaceDetails.NONE.and(mesh(canonical()))));

    List<float[]> points = Objects.requireNonNull(result.details().landmarks68());
    List<Optional<HeadPose>> pose = Objects.requireNonNull(result.details().pose());
    List<List<FacePart>> parts = Objects.requireNonNull(result.details().parts());
    assertThat(points.get(0)).hasSize(136);
    assertThat(pose.get(0)).map(HeadPose::source).hasValue(HeadPose.Source.MESH);
    assertThat(parts.get(0)).isNotEmpty();
    // The second face has no mesh.
    assertThat(points.get(1)).isEmpty();
    assertThat(pose.get(1)).map(HeadPose::source).hasValue(HeadPose.Source.POINTS);
    assertThat(parts.get(1)).isEmpty();
  }

  @Test
  void withoutAMeshPoseIsOfThePoints() throws InterruptedException {
    ImageResult result = derived(Set.of(Kind.POSE), image(FaceDetails.NONE));

    assertThat(Objects.requireNonNull(result.details().pose()))
        .hasSize(2)
        .allMatch(pose -> pose.orElseThrow().source() == HeadPose.Source.POINTS);
    assertThat(result.details().landmarks68()).isNull();
    assertThat(result.details().parts()).isNull();
    assertThat(result.details().mesh()).isNull();
  }

  @Test
  void ofAMeshWhoseDepthIsTheTrainingsPoseIsOfThe68Points() throws InterruptedException {
    float[] points = points68();
    float[] vertices = new float[204];
    for (int at = 0; at < points.length; at++) {
      vertices[at / 2 * 3 + at % 2] = points[at];
    }
    FaceDetails.Mesh mesh = new FaceDetails.Mesh("Mesh68", List.of(vertices, new float[0]));

    ImageResult result =
        derived(Set.of(Kind.LANDMARKS68, Kind.POSE), image(FaceDetails.NONE.and(mesh)));

    assertThat(Objects.requireNonNull(result.details().landmarks68()).get(0)).isEqualTo(points);
    assertThat(Objects.requireNonNull(result.details().pose()).get(0))
        .map(HeadPose::source)
        .hasValue(HeadPose.Source.LANDMARKS68);
  }

  @Test
  void whatHasBeenToldStays() throws InterruptedException {
    List<float[]> told = List.of(points68(), new float[0]);
    FaceDetails before = FaceDetails.NONE.and(mesh(canonical())).andLandmarks68(told);

    ImageResult result = derived(ALL, image(before));

    assertThat(result.details().landmarks68()).isSameAs(told);
    assertThat(result.details().mesh()).isSameAs(before.mesh());
  }

  @Test
  void unlikelyFacesHaveNoPoseOfTheirPoints() throws InterruptedException {
    Face unlikely = new Face(0.49f, FACE.box(), POINTS);
    for (float[] known : List.of(new float[0], points68())) {
      ImageInProgress image = StationTrial.image(pixels(), List.of(unlikely, FACE));
      image.describe(FaceDetails.NONE.andLandmarks68(List.of(known, known)));

      ImageResult result = derived(ALL, image);

      assertThat(Objects.requireNonNull(result.details().pose()))
          .extracting(Optional::isPresent)
          .containsExactly(false, true);
    }
  }

  @Test
  void facesWithoutLandmarksHaveNoPose() throws InterruptedException {
    ImageInProgress image =
        StationTrial.image(pixels(), List.of(new Face(0.9f, FACE.box(), List.of())));

    ImageResult result = derived(ALL, image);

    assertThat(Objects.requireNonNull(result.details().pose())).containsExactly(Optional.empty());
    assertThat(result.failure()).isNull();
  }

  @Test
  void itNeedsNoPixelsAndGivesNoMesh() {
    GeometryStationFactory factory = new GeometryStationFactory(ALL, 0);

    assertThat(factory.fills()).containsExactlyInAnyOrderElementsOf(ALL);
    assertThat(new GeometryStationFactory(Set.of(), 0).fills()).isEmpty();
    assertThatThrownBy(() -> new GeometryStationFactory(Set.of(Kind.MESH), 0))
        .hasMessageContaining("a mesh can't be derived");
    try (StationTrial trial = new StationTrial(factory, Batching.DEFAULT)) {
      assertThat(trial.station().readsPixels()).isFalse();
    }
  }

  @Test
  void aMeshThatItsNetworkDoesNotBelieveTellsNothing() throws InterruptedException {
    FaceDetails.Mesh doubted =
        new FaceDetails.Mesh(
            "FaceMesh468", List.of(canonical(), canonical()), new float[] {0.49f, 0.5f});

    ImageResult result = derived(ALL, image(FaceDetails.NONE.and(doubted)));

    List<Optional<HeadPose>> pose = Objects.requireNonNull(result.details().pose());
    assertThat(Objects.requireNonNull(result.details().landmarks68()).get(0)).isEmpty();
    assertThat(pose.get(0)).map(HeadPose::source).hasValue(HeadPose.Source.POINTS);
    assertThat(Objects.requireNonNull(result.details().parts()).get(0)).isEmpty();
    assertThat(pose.get(1)).map(HeadPose::source).hasValue(HeadPose.Source.MESH);
    assertThat(result.details().mesh()).isEqualTo(doubted);
  }

  private static ImageResult derived(Set<Kind> wanted, ImageInProgress image)
      throws InterruptedException {
    try (StationTrial trial =
        new StationTrial(new GeometryStationFactory(wanted, 0.5), Batching.DEFAULT)) {
      return trial.results(image).get(0);
    }
  }

  private static ImageInProgress image(FaceDetails details) {
    ImageInProgress image = StationTrial.image(pixels(), List.of(FACE, FACE));
    image.describe(details);
    return image;
  }

  private static Pixels pixels() {
    return new Pixels(200, 200, new byte[200 * 200 * Pixels.CHANNELS]);
  }

  private static FaceDetails.Mesh mesh(float[] vertices) {
    return new FaceDetails.Mesh("FaceMesh468", List.of(vertices, new float[0]));
  }

  /** The canonical face in the middle of the image, five pixels a centimetre. */
  private static float[] canonical() {
    float[] vertices = CanonicalFace.of("FaceMesh468").orElseThrow().vertices().clone();
    for (int at = 0; at < vertices.length; at++) {
      vertices[at] = vertices[at] * 5 + (at % 3 < 2 ? 100 : 0);
    }
    return vertices;
  }

  private static float[] points68() {
    return Landmarks68.ofMesh("FaceMesh468", canonical()).orElseThrow();
  }
}
