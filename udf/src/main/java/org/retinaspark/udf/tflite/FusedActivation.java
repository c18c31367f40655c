package org.retinaspark.udf.tflite;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;

/** What TFLite computes in one step with the operator before it. */
enum FusedActivation {
  /** Nothing. */
  NONE,
  /** Negative values become 0. */
  RELU,
  /** And those above 6 become 6. */
  RELU6;

  private static final float SIX = 6;

  /** By the codes of the schema's {@code ActivationFunctionType}. */
  private static final Map<Integer, FusedActivation> BY_CODE = Map.of(0, NONE, 1, RELU, 3, RELU6);

  static Optional<FusedActivation> of(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /**
   * Adds an operator and this after it.
   *
   * @param name of the result
   * @param make adds the operator under a name that it is given
   */
  Value after(GraphBuilder graph, String name, Function<String, Value> make) {
    return switch (this) {
      case NONE -> make.apply(name);
      case RELU -> graph.unary(name, "Relu", make.apply(name + ".linear"));
      case RELU6 -> graph.clip(name, make.apply(name + ".linear"), 0, SIX);
    };
  }
}
