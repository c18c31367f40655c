package org.retinaspark.job.crop;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;

/**
 * Which faces are wanted.
 *
 * @param minimumScore of the face
 * @param minimumFace of the shorter side of its box, in pixels
 * @param maximumYaw the head may be turned so far to either side, in degrees; absent for any
 * @param maximumPitch likewise up and down
 * @param maximumRoll likewise in the plane of the image
 */
record FaceFilter(
    float minimumScore,
    float minimumFace,
    @Nullable Float maximumYaw,
    @Nullable Float maximumPitch,
    @Nullable Float maximumRoll)
    implements Serializable {

  /** Why a face is left out; the first that holds. */
  enum Reason {
    SCORE("of lower score"),
    SIZE("too small"),
    UNKNOWN_POSE("of unknown pose"),
    POSE("turned too far");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    /** For people, behind a number. */
    String label() {
      return label;
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  FaceFilter {
    if (!(minimumScore >= 0 && minimumScore <= 1)) {
      throw new IllegalArgumentException(
          "--min-score is " + minimumScore + ", but must be from 0 to 1");
    }
    if (!(minimumFace >= 0 && minimumFace <= 1e6f)) {
      throw new IllegalArgumentException(
          "--min-face is " + minimumFace + ", but must be from 0 to 1000000");
    }
    requireAngle("--max-yaw", maximumYaw);
    requireAngle("--max-pitch", maximumPitch);
    requireAngle("--max-roll", maximumRoll);
  }

  private static void requireAngle(String option, @Nullable Float angle) {
    if (angle != null && !(angle >= 0 && angle <= 180)) {
      throw new IllegalArgumentException(
          "%s is %s, but must be from 0 to 180".formatted(option, angle));
    }
  }

  /** Whether it asks for poses. */
  boolean needsPose() {
    return maximumYaw != null || maximumPitch != null || maximumRoll != null;
  }

  /** The wanted ones among the faces of an image, by their places. */
  List<Integer> wanted(FaceArrays faces) {
    return IntStream.range(0, faces.count())
        .filter(face -> refusal(faces, face).isEmpty())
        .boxed()
        .toList();
  }

  /** Why a face isn't wanted; empty if it is. What isn't a number is never enough. */
  Optional<Reason> refusal(FaceArrays faces, int face) {
    if (!(faces.scores()[face] >= minimumScore)) {
      return Optional.of(Reason.SCORE);
    }
    float[] boxes = faces.boxes();
    int box = face * FaceArrays.BOX;
    float side = Math.min(boxes[box + 2] - boxes[box], boxes[box + 3] - boxes[box + 1]);
    if (!(side >= minimumFace)) {
      return Optional.of(Reason.SIZE);
    }
    if (!needsPose()) {
      return Optional.empty();
    }
    FaceArrays.Pose pose = pose(faces, face);
    if (pose == null) {
      return Optional.of(Reason.UNKNOWN_POSE);
    }
    return within(pose.yaw(), maximumYaw)
            && within(pose.pitch(), maximumPitch)
            && within(pose.roll(), maximumRoll)
        ? Optional.empty()
        : Optional.of(Reason.POSE);
  }

  private static boolean within(float angle, @Nullable Float most) {
    return most == null || Math.abs(angle) <= most;
  }

  /** The pose of a face, if the table says. */
  static FaceArrays.@Nullable Pose pose(FaceArrays faces, int face) {
    return faces.pose().isEmpty() ? null : faces.pose().get(face);
  }
}
