package org.retinaspark.udf.dense;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;

/** How the outputs of a kind of network become the points of the face in its crop. */
public sealed interface MeshFamily extends Serializable
    permits FaceMeshFamily, Dense68Family, Points68Family {

  /** The family's name. */
  String name();

  /** What the vertices are; empty where the network gives 68 points in two dimensions only. */
  Optional<MeshTopology> topology();

  /** What it is and where it comes from, for people. */
  String description();

  /**
   * Reads the outputs for one crop.
   *
   * @param outputs in the family's order, each from index 0 to its limit
   * @param pixels side of the crop
   */
  CropMesh read(List<FloatBuffer> outputs, int pixels);
}
