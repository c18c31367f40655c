package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.List;

/** A rule that makes faces of what a network found in all inputs of an image. */
public interface Merge extends Serializable {

  /**
   * The faces of an image, best first.
   *
   * @param candidates of all inputs, in the order of the inputs and of the network's anchors; the
   *     best {@link Thresholds#candidates()} of each
   */
  List<Face> faces(Candidates candidates, Thresholds thresholds);
}
