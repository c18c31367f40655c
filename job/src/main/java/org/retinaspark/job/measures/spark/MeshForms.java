package org.retinaspark.job.measures.spark;

import java.util.Optional;
import org.retinaspark.job.measures.dense.MeshForm;
import org.retinaspark.udf.detect.MeshTopology;

/** What two tables have in common that can be compared. */
final class MeshForms {

  /** The outer corners of the eyes, as 300-W takes them for the distance of the eyes. */
  private static final int LEFT_OF_68 = 36;

  private static final int RIGHT_OF_68 = 45;

  /** The same points on FaceMesh468: points 36 and 45 are these vertices. */
  private static final int LEFT_OF_FACE_MESH = 33;

  private static final int RIGHT_OF_FACE_MESH = 263;

  /** The 68 points of the image, without depth. */
  static final MeshForm POINTS68 =
      new MeshForm("68 points", MeshTopology.MESH68.vertices(), 2, LEFT_OF_68, RIGHT_OF_68);

  private MeshForms() {}

  /** The topology that all meshes of both have, else the 68 points if both have them. */
  static Optional<MeshForm> common(MeshInventory one, MeshInventory other) {
    if (one.kinds().size() == 1 && one.kinds().equals(other.kinds())) {
      return Optional.of(of(one.kinds().get(0)));
    }
    return one.hasPoints68() && other.hasPoints68() ? Optional.of(POINTS68) : Optional.empty();
  }

  private static MeshForm of(MeshInventory.Kind kind) {
    int left = MeshForm.UNKNOWN;
    int right = MeshForm.UNKNOWN;
    MeshTopology topology = MeshTopology.named(kind.topology(), kind.vertices());
    if (topology.isMesh68()) {
      left = LEFT_OF_68;
      right = RIGHT_OF_68;
    } else if (topology.equals(MeshTopology.FACE_MESH)) {
      left = LEFT_OF_FACE_MESH;
      right = RIGHT_OF_FACE_MESH;
    }
    return new MeshForm(kind.topology(), kind.vertices(), MeshTopology.AXES, left, right);
  }
}
