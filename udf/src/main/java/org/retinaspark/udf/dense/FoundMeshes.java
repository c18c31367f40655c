package org.retinaspark.udf.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.retinaspark.udf.crop.Landmarks68;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.pipeline.FaceDetails;

/** The meshes of an image's faces, as many as are known of it so far. */
final class FoundMeshes {

  private static final float[] NONE = {};

  private final List<float[]> vertices;
  private final float[] scores;

  FoundMeshes(int faces) {
    vertices = new ArrayList<>(Collections.nCopies(faces, NONE));
    scores = new float[faces];
    Arrays.fill(scores, Float.NaN);
  }

  /** Notes the mesh of a face, in pixels of the image. */
  void put(int face, float[] found, float score) {
    vertices.set(face, found);
    scores[face] = score;
  }

  /** What was known of the faces, with what the model tells in place of what was told before. */
  FaceDetails in(MeshModel model, FaceDetails before) {
    FaceDetails details =
        model
            .topology()
            .map(topology -> before.and(new FaceDetails.Mesh(topology.name(), vertices, scores)))
            .orElse(before);
    return model.givesLandmarks68()
        ? details.andLandmarks68(vertices.stream().map(FoundMeshes::landmarks68).toList())
        : details;
  }

  /** Whether all are numbers. */
  static boolean isFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  /** Of a network whose vertices are the 68 points. */
  private static float[] landmarks68(float[] mesh) {
    return Landmarks68.ofMesh(MeshTopology.MESH68.name(), mesh).orElse(NONE);
  }
}
