package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.List;

/**
 * A family of face detectors that share anchors and the meaning of their outputs. A family is a
 * value: two models of one family differ only in their weights.
 */
public interface Family extends Serializable {

  /** The family's name in model metadata and on the command line. */
  String name();

  /** The anchors, in the order of the outputs. */
  List<AnchorLevel> anchors();

  /** What a mirrored input does to its faces; as many landmarks as the model predicts a face. */
  Mirror mirror();

  /** The meshes that the model may give of a face; most give none. */
  default List<MeshTopology> meshes() {
    return List.of();
  }

  /** Whether the meshes of a face are averaged over candidates, those of lower scores included. */
  default boolean averagesMeshes() {
    return false;
  }

  /**
   * Adds what exceeds the score threshold, in the coordinates of the image.
   *
   * @throws InvalidOutputException if an output has another size than the family has for this
   *     input, or a value that is not finite
   */
  void decode(NetworkOutput output, float scoreThreshold, Candidates candidates);
}
