package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.math3.linear.RealMatrix;

class PoseEstimationTest {

  private static final String FACE_MESH = "FaceMesh468";

  @Property(tries = 200)
  void rotationsOfTheCanonicalMeshAreRead(
      @ForAll @DoubleRange(min = -80, max = 80) double yaw,
      @ForAll @DoubleRange(min = -60, max = 60) double pitch,
      @ForAll @DoubleRange(min = -179, max = 179) double roll) {
    float[] canonical = CanonicalFace.of(FACE_MESH).orElseThrow().vertices();
    float[] turned = turn(HeadRotation.matrix(yaw, pitch, roll), canonical);

    HeadPose pose = PoseEstimation.ofMesh(FACE_MESH, turned).orElseThrow();

    assertThat((double) pose.yaw()).isCloseTo(yaw, within(0.01));
    assertThat((double) pose.pitch()).isCloseTo(pitch, within(0.01));
    assertThat((double) pose.roll()).isCloseTo(roll, within(0.01));
  }

  private static float[] turn(RealMatrix rotation, float[] points) {
    float[] turned = new float[points.length];
    for (int at = 0; at < points.length; at++) {
      double sum = 0;
      for (int axis = 0; axis < 3; axis++) {
        sum += rotation.getEntry(at % 3, axis) * points[at - at % 3 + axis];
      }
      turned[at] = (float) (20 * sum + 300);
    }
    return turned;
  }
}
