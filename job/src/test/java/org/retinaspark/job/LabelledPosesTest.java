package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.retinaspark.io.matlab.MatFile;
import org.retinaspark.udf.crop.CanonicalFace;
import org.retinaspark.udf.crop.FivePoints;
import org.retinaspark.udf.crop.HeadPose;
import org.retinaspark.udf.crop.Landmarks68;
import org.retinaspark.udf.crop.PoseEstimation;
import us.hebi.matlab.mat.types.Matrix;

/**
 * The convention of the angles, by other people's labels: AFLW2000-3D gives 68 points with depth
 * and the pose that they have.
 */
class LabelledPosesTest {

  private static final String MESH68 = "Mesh68";

  @Test
  void theLabelsOwnPointsWithDepthTellTheirPose(TestReporter reporter) throws IOException {
    double[] errors =
        errors(vertices -> PoseEstimation.ofMesh(MESH68, vertices).orElseThrow(), reporter);

    // Measured: 0.3, 1.3, 0.7.
    assertThat(errors[0]).as("yaw").isLessThan(0.5);
    assertThat(errors[1]).as("pitch").isLessThan(2);
    assertThat(errors[2]).as("roll").isLessThan(1);
  }

  @Test
  void theirPointsWithoutDepthTellItRoughly(TestReporter reporter) throws IOException {
    double[] errors =
        errors(
            vertices ->
                PoseEstimation.ofLandmarks68(Landmarks68.ofMesh(MESH68, vertices).orElseThrow())
                    .orElseThrow(),
            reporter);

    // Measured: 2.5, 3.6, 1.3.
    assertThat(errors[0]).as("yaw").isLessThan(3.5);
    assertThat(errors[1]).as("pitch").isLessThan(4.5);
    assertThat(errors[2]).as("roll").isLessThan(2);
  }

  @Test
  void fiveOfTheirPointsTellItRoughly(TestReporter reporter) throws IOException {
    double[] errors =
        errors(
            vertices ->
                PoseEstimation.ofFive(FivePoints.ofMesh(MESH68, vertices).orElseThrow())
                    .orElseThrow(),
            reporter);

    // Measured: 2.1, 3.3, 1.4.
    assertThat(errors[0]).as("yaw").isLessThan(3);
    assertThat(errors[1]).as("pitch").isLessThan(4.5);
    assertThat(errors[2]).as("roll").isLessThan(2);
  }

  /** By another copy of MediaPipe's file, whose axes are y up and z towards the camera. */
  @Test
  void theCanonicalFaceIsMediaPipes() throws IOException {
    List<String> lines =
        Files.readAllLines(SharedData.require("models/mediapipe_canonical_face_model.obj"));
    float[] vertices = CanonicalFace.of("FaceMesh468").orElseThrow().vertices();
    int[] triangles = CanonicalFace.of("FaceMesh468").orElseThrow().triangles();
    int vertex = 0;
    int corner = 0;
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("v")) {
        assertThat(vertices[vertex++]).isCloseTo(Float.parseFloat(words[1]), within(1e-5f));
        assertThat(vertices[vertex++]).isCloseTo(-Float.parseFloat(words[2]), within(1e-5f));
        assertThat(vertices[vertex++]).isCloseTo(-Float.parseFloat(words[3]), within(1e-5f));
      } else if (words[0].equals("f")) {
        for (int at = 1; at <= 3; at++) {
          assertThat(triangles[corner++])
              .isEqualTo(Integer.parseInt(words[at].split("/", -1)[0]) - 1);
        }
      }
    }
    assertThat(vertex).isEqualTo(vertices.length);
    assertThat(corner).isEqualTo(triangles.length);
  }

  /** Mean absolute errors of yaw, pitch and roll, in degrees. */
  private static double[] errors(Function<float[], HeadPose> estimation, TestReporter reporter)
      throws IOException {
    double[] sums = new double[3];
    List<Path> files;
    try (Stream<Path> all = Files.list(SharedData.require("aflw2000"))) {
      files = all.filter(file -> file.toString().endsWith(".mat")).toList();
    }
    for (Path file : files) {
      MatFile label = MatFile.read(file.getFileName().toString(), Files.readAllBytes(file));
      Matrix angles = label.matrix("Pose_Para");
      HeadPose told = estimation.apply(vertices(label.matrix("pt3d_68")));
      double[] estimated = {told.yaw(), told.pitch(), told.roll()};
      for (int angle = 0; angle < 3; angle++) {
        double labelled = Math.toDegrees(angles.getDouble(0, angle == 0 ? 1 : angle == 1 ? 0 : 2));
        if (Math.abs(labelled) > 15) {
          assertThat(Math.signum(estimated[angle]))
              .as("the sign of angle %d of %s", angle, file.getFileName())
              .isEqualTo(Math.signum(labelled));
        }
        sums[angle] += Math.abs(estimated[angle] - labelled) / files.size();
      }
    }
    assertThat(files).isNotEmpty();
    reporter.publishEntry(
        "mean absolute error of yaw, pitch and roll",
        "%.2f %.2f %.2f, %d labels".formatted(sums[0], sums[1], sums[2], files.size()));
    return sums;
  }

  /** The labels' depth grows towards the camera, that of our meshes away from it. */
  private static float[] vertices(Matrix points) {
    float[] vertices = new float[3 * points.getNumCols()];
    for (int at = 0; at < vertices.length; at++) {
      float number = points.getFloat(at % 3, at / 3);
      vertices[at] = at % 3 == 2 ? -number : number;
    }
    return vertices;
  }
}
