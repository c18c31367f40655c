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

  /** How many numbers the output of the points has for one crop. */
  int values();

  /** Whether the network says how sure it is that a crop shows a face. */
  boolean givesScore();

  /** What it is and where it comes from, for people. */
  String description();

  /**
   * Reads the outputs for one crop.
   *
   * @param outputs in the family's order, each from index 0 to its limit: the points, {@link
   *     #values} of them, and the score where there is one
   * @param pixels side of the crop
   */
  CropMesh read(List<FloatBuffer> outputs, int pixels);
}
