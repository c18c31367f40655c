package org.retinaspark.udf.crop;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.RealMatrix;
import org.retinaspark.udf.crop.HeadPose.Source;
import org.retinaspark.udf.detect.Point;

/** Turned canonical faces as an image would show them, and what noise costs the pose. */
final class PoseNoise {

  /** Pixels a centimetre, so that a face is some 300 pixels wide. */
  private static final double PIXELS = 20;

  private static final float CENTRE = 320;

  private PoseNoise() {}

  /** Mean absolute errors of an angle, in degrees, by what the pose is from. */
  record Errors(double mesh, double landmarks68, double points) {}

  /**
   * Over random poses, yaw to 80, pitch to 60 and roll to 180 degrees, where each coordinate is off
   * by a normal share of the distance of the eyes.
   */
  static Errors meanErrors(double share, int faces) {
    Random random = new Random(1);
    float[] five = CanonicalFace.fivePoints();
    double deviation = share * PIXELS * (five[3] - five[0]);
    float[] mesh = CanonicalFace.of("FaceMesh468").orElseThrow().vertices();
    float[] mesh68 = CanonicalFace.of("Mesh68").orElseThrow().vertices();
    double[] sums = new double[3];
    for (int face = 0; face < faces; face++) {
      HeadPose pose =
          new HeadPose(
              160 * random.nextFloat() - 80,
              120 * random.nextFloat() - 60,
              360 * random.nextFloat() - 180,
              Source.MESH);
      float[] noisy = noisy(turned(pose, mesh), random, deviation);
      sums[0] += error(PoseEstimation.ofMesh("FaceMesh468", noisy).orElseThrow(), pose);
      float[] landmarks = noisy(flat(turned(pose, mesh68)), random, deviation);
      sums[1] += error(PoseEstimation.ofLandmarks68(landmarks).orElseThrow(), pose);
      List<Point> points = points(noisy(turned(pose, five), random, deviation));
      sums[2] += error(PoseEstimation.ofFive(points).orElseThrow(), pose);
    }
    return new Errors(sums[0] / faces, sums[1] / faces, sums[2] / faces);
  }

  /** {@code [n, 3]} in pixels, turned to a pose. */
  static float[] turned(HeadPose pose, float[] points) {
    RealMatrix rotation = HeadRotation.matrix(pose.yaw(), pose.pitch(), pose.roll());
    float[] turned = new float[points.length];
    for (int at = 0; at < points.length; at++) {
      double sum = 0;
      for (int axis = 0; axis < 3; axis++) {
        sum += rotation.getEntry(at % 3, axis) * points[at - at % 3 + axis];
      }
      turned[at] = (float) (PIXELS * sum + CENTRE);
    }
    return turned;
  }

  /** {@code [n, 2]} of {@code [n, 3]}. */
  static float[] flat(float[] points) {
    float[] flat = new float[points.length / 3 * 2];
    for (int at = 0; at < flat.length; at++) {
      flat[at] = points[at / 2 * 3 + at % 2];
    }
    return flat;
  }

  static List<Point> points(float[] vertices) {
    List<Point> points = new ArrayList<>();
    for (int at = 0; at < vertices.length; at += 3) {
      points.add(new Point(vertices[at], vertices[at + 1]));
    }
    return points;
  }

  /** Between two angles, the short way round. */
  static double difference(double one, double other) {
    return Math.abs(Math.IEEEremainder(one - other, 360));
  }

  private static float[] noisy(float[] points, Random random, double deviation) {
    for (int at = 0; at < points.length; at++) {
      points[at] += (float) (deviation * random.nextGaussian());
    }
    return points;
  }

  private static double error(HeadPose told, HeadPose pose) {
    return (difference(told.yaw(), pose.yaw())
            + difference(told.pitch(), pose.pitch())
            + difference(told.roll(), pose.roll()))
        / 3;
  }
}
