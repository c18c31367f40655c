package org.retinaspark.io.facetable;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The faces of one image, n of them, as arrays; a face's index is its place in them.
 *
 * @param scores {@code [n]}: the network's probability of "face", from 0 to 1
 * @param boxes {@code [n, 4]}: x1, y1, x2, y2 in pixels, the width being x2 - x1
 * @param landmarks {@code [n, points, 2]}: x and y in pixels, in the order of the table's names;
 *     empty if the model has none
 * @param mesh meshes of the faces, where the run fills them
 * @param landmarks68 {@code [n]}: x and y of the points of each face, empty if they are unknown of
 *     one; no face where the run doesn't fill them
 * @param pose {@code [n]}: how each head is turned, null if it is unknown of one; empty where the
 *     run doesn't fill it
 * @param parts {@code [n]}: the parts of each face, none if they are unknown of one; empty where
 *     the run doesn't fill them
 */
public record FaceArrays(
    float[] scores,
    float[] boxes,
    float[] landmarks,
    @Nullable Mesh mesh,
    List<float[]> landmarks68,
    List<@Nullable Pose> pose,
    List<List<Part>> parts)
    implements Serializable {

  /** Numbers of a box. */
  public static final int BOX = 4;

  static final int POINT = 2;

  /** No face. */
  public static final FaceArrays NONE = of(new float[0], new float[0], new float[0]);

  /**
   * Meshes of the faces.
   *
   * @param topology the name of the mesh, which says what its vertices are and how they connect
   * @param vertices {@code [n]}: x, y and z of all vertices of each face in pixels; empty if a face
   *     has no mesh
   * @param scores {@code [n]}: how sure the network of the mesh is that it saw a face, from 0 to 1;
   *     NaN where it doesn't say
   */
  public record Mesh(String topology, List<float[]> vertices, float[] scores)
      implements Serializable {

    /**
     * Keeps an unmodifiable list.
     *
     * @throws IllegalArgumentException if there isn't a score for each face
     */
    public Mesh {
      vertices = List.copyOf(vertices);
      if (scores.length != vertices.size()) {
        throw wrong("mesh.score", scores.length, vertices.size());
      }
    }
  }

  /**
   * How a head is turned.
   *
   * @param yaw in degrees, as pitch and roll are
   * @param source what it was told from, in one lower-case word
   */
  public record Pose(float yaw, float pitch, float roll, @Nullable String source)
      implements Serializable {}

  /**
   * A part of a face.
   *
   * @param part its name
   * @param rle its mask, in the run-length code of COCO
   */
  public record Part(String part, String rle) implements Serializable {}

  /**
   * Checks that all arrays are of one number of faces.
   *
   * @throws IllegalArgumentException naming the array that isn't
   */
  public FaceArrays {
    int count = scores.length;
    if (boxes.length != BOX * count) {
      throw wrong("boxes", boxes.length, count);
    }
    landmarks68 = List.copyOf(landmarks68);
    pose = Collections.unmodifiableList(new ArrayList<>(pose));
    parts = List.copyOf(parts);
    if (landmarks.length > 0 && (count == 0 || landmarks.length % (POINT * count) != 0)) {
      throw wrong("landmarks", landmarks.length, count);
    }
    if (mesh != null && mesh.vertices().size() != count) {
      throw wrong("mesh", mesh.vertices().size(), count);
    }
    if (!landmarks68.isEmpty() && landmarks68.size() != count) {
      throw wrong("landmarks68", landmarks68.size(), count);
    }
    if (!pose.isEmpty() && pose.size() != count) {
      throw wrong("pose", pose.size(), count);
    }
    if (!parts.isEmpty() && parts.size() != count) {
      throw wrong("parts", parts.size(), count);
    }
  }

  /** Faces of which the model says no more. */
  public static FaceArrays of(float[] scores, float[] boxes, float[] landmarks) {
    return new FaceArrays(scores, boxes, landmarks, null, List.of(), List.of(), List.of());
  }

  /** How many faces there are. */
  public int count() {
    return scores.length;
  }

  /** Landmarks of a face; 0 if the model has none, or if there is no face. */
  public int points() {
    return count() == 0 ? 0 : landmarks.length / POINT / count();
  }

  /** The highest score of one face or more. */
  float bestScore() {
    float best = scores[0];
    for (float score : scores) {
      best = Math.max(best, score);
    }
    return best;
  }

  private static IllegalArgumentException wrong(String name, int length, int count) {
    return new IllegalArgumentException(
        "%s has %d values, which don't make %d faces".formatted(name, length, count));
  }
}
