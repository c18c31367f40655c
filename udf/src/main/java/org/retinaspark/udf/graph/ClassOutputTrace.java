package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out what a class output is: follows it back through nodes that only move values around, to
 * those that made them.
 */
public final class ClassOutputTrace {

  // LogSoftmax is not among them: the softmax of its values is the softmax of the logits.
  private static final Set<String> PROBABILITY = Set.of("Softmax", "Sigmoid", "HardSigmoid");

  private static final Set<String> MOVING =
      Set.of(
          "Reshape",
          "Transpose",
          "Concat",
          "Identity",
          "Cast",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "Slice",
          "Split",
          "Gather",
          "Clip",
          "Dropout");

  private ClassOutputTrace() {}

  /** What made the values that an output holds. */
  public enum Origin {
    /** A softmax or sigmoid. */
    NORMALISED,
    /** Anything else that computes. */
    RAW
  }

  /** What the branches that lead to the output are: one of the two, both, or none if unknown. */
  public static Set<Origin> of(Graph graph, String output) {
    Set<Origin> found = EnumSet.noneOf(Origin.class);
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(output));
    while (!open.isEmpty()) {
      String value = open.pop();
      NodeProto node = graph.producer(value);
      if (node == null || !seen.add(value)) {
        continue;
      }
      if (PROBABILITY.contains(node.getOpType())) {
        found.add(Origin.NORMALISED);
      } else if (!MOVING.contains(node.getOpType())) {
        found.add(Origin.RAW);
      } else if (node.getOpType().equals("Concat")) {
        open.addAll(node.getInputList());
      } else if (node.getInputCount() > 0) {
        open.add(node.getInput(0));
      }
    }
    return found;
  }
}
