package org.retinaspark.udf.detect;

import java.util.List;

/**
 * The meshes of a candidate as a network gave them: decoded if the candidate becomes a face, which
 * few do, and so after the network's outputs are gone.
 */
public interface EncodedMeshes {

  /** The meshes, in the coordinates of the image. */
  List<FaceMesh> decode();

  /**
   * The mean of what several candidates show of one face; these alone where the network gives whole
   * meshes, whose numbers are too many to average.
   *
   * @param votes of this and of others; those that can't be averaged with this, as they were seen
   *     in another network input, don't count
   */
  EncodedMeshes mean(List<Vote> votes);

  /**
   * What a candidate shows.
   *
   * @param weight above 0
   */
  record Vote(EncodedMeshes meshes, double weight) {}
}
