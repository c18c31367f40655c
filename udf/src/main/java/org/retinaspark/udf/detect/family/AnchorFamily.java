package org.retinaspark.udf.detect.family;

import java.util.List;
import org.retinaspark.udf.detect.Family;

/**
 * A family whose heads can be trained here: square anchors about the centres of cells, at (cell +
 * 0.5) * stride, ordered by level, row, column, size, and boxes told relative to them.
 */
public interface AnchorFamily extends Family {

  /** Of boxes, landmarks and vertices, in every stage. */
  BoxCoder coder();

  /** For each stage, one or two, which references it is trained to call a face. */
  List<MatchThresholds> stages();
}
