package org.retinaspark.job.measures.dense;

import java.util.Locale;

/** What is measured of a face's mesh. */
public enum VertexError {
  /** Distance in the image's plane, over the square root of the area of the reference's box. */
  VERTEX_BOX,
  /** The same over the distance of the outer corners of the eyes. */
  VERTEX_INTER_OCULAR,
  /** Difference of relative depth, over the square root of the area of the reference's box. */
  DEPTH_BOX,
  /** The same over the distance of the outer corners of the eyes. */
  DEPTH_INTER_OCULAR;

  /** Its name in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a face; NaN where it isn't defined. */
  double of(MeshForm form, MeshedFace reference, float[] mesh) {
    return switch (this) {
      case VERTEX_BOX -> form.distance(mesh, reference.mesh()) / reference.size();
      case VERTEX_INTER_OCULAR ->
          form.distance(mesh, reference.mesh()) / form.interOcular(reference.mesh());
      case DEPTH_BOX -> form.depthDifference(mesh, reference.mesh()) / reference.size();
      case DEPTH_INTER_OCULAR ->
          form.depthDifference(mesh, reference.mesh()) / form.interOcular(reference.mesh());
    };
  }
}
