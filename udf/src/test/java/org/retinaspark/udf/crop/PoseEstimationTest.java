package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.udf.crop.HeadPose.Source;
import org.retinaspark.udf.detect.Point;

class PoseEstimationTest {

  private static final float[] MESH = CanonicalFace.of("FaceMesh468").orElseThrow().vertices();
  private static final float[] MESH68 = CanonicalFace.of("Mesh68").orElseThrow().vertices();

  @Property(tries = 300)
  void theMeshTellsThePoseItIsTurnedTo(@ForAll("poses") HeadPose pose) {
    assertNear(PoseEstimation.ofMesh("FaceMesh468", turned(pose, MESH)), pose, 0.01);
    assertNear(PoseEstimation.ofMesh("Mesh68", turned(pose, MESH68)), pose, 0.01);
  }

  @Property(tries = 300)
  void pointsOfTheImageTellThePoseTheyAreTurnedTo(@ForAll("poses") HeadPose pose) {
    assertNear(PoseEstimation.ofLandmarks68(flat(turned(pose, MESH68))), pose, 0.01);
    assertNear(PoseEstimation.ofFive(fivePoints(pose)), pose, 0.01);
  }

  /** The figures of docs/pose.md: mean errors in degrees where points are off by so much. */
  @ParameterizedTest
  @CsvSource({"0.01, 0.06, 0.15, 0.9", "0.03, 0.16, 0.45, 2.6", "0.05, 0.27, 0.75, 4.4"})
  void noiseOfAShareOfTheEyesDistanceCosts(
      double share, double ofMesh, double ofLandmarks, double ofFive) {
    assertThat(PoseNoise.meanErrors(share, 400))
        .satisfies(errors -> assertThat(errors.mesh()).isLessThan(ofMesh))
        .satisfies(errors -> assertThat(errors.landmarks68()).isLessThan(ofLandmarks))
        .satisfies(errors -> assertThat(errors.points()).isLessThan(ofFive));
  }

  @Test
  void saysWhatItIsFrom() {
    HeadPose pose = pose(10, 20, 30);

    assertThat(PoseEstimation.ofMesh("FaceMesh468", turned(pose, MESH)).orElseThrow().source())
        .isEqualTo(Source.MESH);
    assertThat(PoseEstimation.ofLandmarks68(flat(turned(pose, MESH68))).orElseThrow().source())
        .isEqualTo(Source.LANDMARKS68);
    assertThat(PoseEstimation.ofFive(fivePoints(pose)).orElseThrow().source())
        .isEqualTo(Source.POINTS);
    assertThat(Source.LANDMARKS68.label()).isEqualTo("landmarks68");
  }

  /** The nose of a head that turns to the left of the image goes left, of one that looks up, up. */
  @Test
  void theSignsAreAsDrawn() {
    assertThat(tip(pose(30, 0, 0)).x()).isLessThan(tip(pose(0, 0, 0)).x());
    assertThat(tip(pose(0, 30, 0)).y()).isLessThan(tip(pose(0, 0, 0)).y());
    List<Point> leaning = fivePoints(pose(0, 0, 30));
    assertThat(leaning.get(0).y()).as("left eye above right eye").isLessThan(leaning.get(1).y());
  }

  @Property(tries = 100)
  void aMirroredFaceHasTheMirroredPose(@ForAll("poses") HeadPose pose) {
    List<Point> mirrored = new ArrayList<>();
    for (int point : new int[] {1, 0, 2, 4, 3}) {
      Point other = fivePoints(pose).get(point);
      mirrored.add(new Point(640 - other.x(), other.y()));
    }

    assertNear(
        PoseEstimation.ofFive(mirrored), pose(-pose.yaw(), pose.pitch(), -pose.roll()), 0.02);
  }

  /** At 90 degrees of yaw pitch and roll are one turn: what is told must still be that rotation. */
  @ParameterizedTest
  @ValueSource(floats = {90, 89.99f, -89.99f, -90})
  void nearNinetyDegreesTheRotationIsStillTheSame(float yaw) {
    float[] turned = turned(pose(yaw, 20, 15), MESH);

    HeadPose told = PoseEstimation.ofMesh("FaceMesh468", turned).orElseThrow();

    assertThat(told.yaw()).isCloseTo(yaw, within(0.05f));
    float[] again = turned(told, MESH);
    for (int at = 0; at < again.length; at++) {
      assertThat(again[at]).isCloseTo(turned[at], within(0.2f));
    }
  }

  @Test
  void whatIsNoFaceHasNone() {
    float[] line = new float[468 * 3];
    for (int at = 0; at < line.length; at++) {
      int vertex = at / 3;
      line[at] = 0.37f * vertex * (1 + at % 3);
    }
    assertThat(PoseEstimation.ofMesh("FaceMesh468", line)).isEmpty();
    assertThat(PoseEstimation.ofMesh("FaceMesh468", new float[468 * 3])).isEmpty();
    assertThat(PoseEstimation.ofMesh("FaceMesh468", new float[3])).isEmpty();
    assertThat(PoseEstimation.ofMesh("Mesh1k", new float[3000])).isEmpty();
    assertThat(PoseEstimation.ofLandmarks68(new float[136])).isEmpty();
    assertThat(PoseEstimation.ofLandmarks68(new float[135])).isEmpty();
    assertThat(PoseEstimation.ofLandmarks68(new float[137])).isEmpty();
    assertThat(PoseEstimation.ofLandmarks68(new float[0])).isEmpty();
    assertThat(PoseEstimation.ofFive(List.of())).isEmpty();
    assertThat(PoseEstimation.ofFive(fivePoints(pose(0, 0, 0)).subList(0, 4))).isEmpty();
    List<Point> row = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      row.add(new Point(7.3f * at, 0.1f + 3.1f * at));
    }
    assertThat(PoseEstimation.ofFive(row)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteHasNone(float number) {
    float[] mesh = MESH.clone();
    mesh[mesh.length - 1] = number;
    assertThat(PoseEstimation.ofMesh("FaceMesh468", mesh)).isEmpty();
    float[] points = flat(MESH68);
    points[0] = number;
    assertThat(PoseEstimation.ofLandmarks68(points)).isEmpty();
    List<Point> five = new ArrayList<>(fivePoints(pose(0, 0, 0)));
    five.set(4, new Point(number, 1));
    assertThat(PoseEstimation.ofFive(five)).isEmpty();
  }

  /** Whatever five finite points are, the answer is none or three angles, and it comes. */
  @Property(tries = 300)
  void anyPointsGiveAnglesOrNone(@ForAll long seed) {
    Random random = new Random(seed);
    List<Point> points = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      float size = (float) Math.pow(10, random.nextInt(60) - 25);
      points.add(new Point(size * random.nextFloat(), size * (random.nextInt(3) - 1)));
    }

    PoseEstimation.ofFive(points)
        .ifPresent(
            pose -> {
              assertThat(pose.yaw()).isBetween(-90f, 90f);
              assertThat(pose.pitch()).isBetween(-180f, 180f);
              assertThat(pose.roll()).isBetween(-180f, 180f);
            });
  }

  @Provide
  Arbitrary<HeadPose> poses() {
    return Combinators.combine(
            Arbitraries.floats().between(-80, 80),
            Arbitraries.floats().between(-60, 60),
            Arbitraries.floats().between(-180, 180))
        .as(PoseEstimationTest::pose);
  }

  private static HeadPose pose(float yaw, float pitch, float roll) {
    return new HeadPose(yaw, pitch, roll, Source.MESH);
  }

  private static Point tip(HeadPose pose) {
    return fivePoints(pose).get(2);
  }

  private static List<Point> fivePoints(HeadPose pose) {
    return PoseNoise.points(turned(pose, CanonicalFace.fivePoints()));
  }

  private static float[] turned(HeadPose pose, float[] points) {
    return PoseNoise.turned(pose, points);
  }

  private static float[] flat(float[] points) {
    return PoseNoise.flat(points);
  }

  private static void assertNear(Optional<HeadPose> told, HeadPose pose, double degrees) {
    assertThat(told).isPresent();
    assertThat((double) told.get().yaw()).isCloseTo(pose.yaw(), within(degrees));
    assertThat((double) told.get().pitch()).isCloseTo(pose.pitch(), within(degrees));
    assertThat(PoseNoise.difference(told.get().roll(), pose.roll())).isLessThan(degrees);
  }
}
