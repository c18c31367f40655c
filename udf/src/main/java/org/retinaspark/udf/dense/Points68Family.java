package org.retinaspark.udf.dense;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * Networks of 68 points in two dimensions such as PFLD (Guo et al., "PFLD: A Practical Facial
 * Landmark Detector", 2019): x and y from 0 to 1 in the crop, in the order of {@link
 * MeshTopology#MESH68}.
 */
record Points68Family() implements MeshFamily {

  static final String NAME = "pfld68";
  static final int VALUES = 68 * 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<MeshTopology> topology() {
    return Optional.empty();
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
    return "PFLD, 68 points in two dimensions";
  }

  @Override
  public CropMesh read(List<FloatBuffer> outputs, int pixels) {
    float[] vertices = new float[VALUES / 2 * MeshTopology.AXES];
    FloatBuffer points = outputs.get(0);
    for (int at = 0; at < VALUES; at++) {
      vertices[at / 2 * MeshTopology.AXES + at % 2] = points.get(at) * pixels;
    }
    return new CropMesh(vertices, Float.NaN);
  }
}
