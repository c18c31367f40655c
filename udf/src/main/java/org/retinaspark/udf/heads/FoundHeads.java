package org.retinaspark.udf.heads;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.udf.graph.PointwiseConvolution;

/**
 * The heads that a model has.
 *
 * @param levels finest first
 * @param outputs of each task its place among the model's outputs
 */
record FoundHeads(List<HeadLevel> levels, Map<HeadTask, Integer> outputs) {

  /** The weights of a task. */
  LinearHead head(HeadTask task) {
    List<PointwiseConvolution> heads =
        levels.stream().map(level -> Objects.requireNonNull(level.heads().get(task))).toList();
    return new LinearHead(
        task.perAnchor(),
        heads.stream().map(PointwiseConvolution::weights).toList(),
        heads.stream().map(PointwiseConvolution::biases).toList());
  }
}
