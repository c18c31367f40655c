package org.retinaspark.udf.dense;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * InsightFace's {@code 1k3d68}: 1103 points of which the last 68 are {@link MeshTopology#MESH68}.
 * Half the crop's side is 1 of its unit: x and y from -1 to 1 in the crop, z likewise ({@code
 * python-package/insightface/model_zoo/landmark.py}, {@code Landmark.get}: the last 68, plus 1,
 * times 96). There the crop and the points are OpenCV's, which counts from the centre of the first
 * pixel: half a pixel less than from the crop's corner. Of z nobody says which way it grows.
 */
record Dense68Family() implements MeshFamily {

  static final String NAME = "1k3d68";
  static final int VALUES = 1103 * MeshTopology.AXES;

  /** Where the first pixel has its centre, from the crop's corner. */
  private static final float CENTRE = 0.5f;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<MeshTopology> topology() {
    return Optional.of(MeshTopology.MESH68);
  }

  @Override
  public int values() {
    return VALUES;
  }

  @Override
  public boolean givesScore() {
    return false;
  }

  @Override
  public String description() {
    return "InsightFace 1k3d68, 68 points in three dimensions";
  }

  @Override
  public CropMesh read(List<FloatBuffer> outputs, int pixels) {
    float[] vertices = new float[MeshTopology.MESH68.vertices() * MeshTopology.AXES];
    outputs.get(0).get(VALUES - vertices.length, vertices);
    float half = pixels / 2f;
    for (int at = 0; at < vertices.length; at++) {
      boolean depth = at % MeshTopology.AXES == 2;
      vertices[at] = depth ? vertices[at] * half : (vertices[at] + 1) * half + CENTRE;
    }
    return new CropMesh(vertices, Float.NaN);
  }
}
