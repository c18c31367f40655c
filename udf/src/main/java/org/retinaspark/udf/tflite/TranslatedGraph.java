package org.retinaspark.udf.tflite;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.graph.Value;

/**
 * A file's graph on its way to ONNX: which value stands for which tensor. A value of four axes has
 * {@code [batch, channels, height, width]} where its tensor has {@code [1, height, width,
 * channels]}; others are as they are.
 */
final class TranslatedGraph {

  /** Axes of a map. */
  static final int MAP_RANK = 4;

  private static final String BATCH = "batch";

  private final TfliteModel model;
  private final TfliteConstants constants;
  private final GraphBuilder graph;
  private final Map<Integer, Value> made = new HashMap<>();
  private final Map<Integer, String> outputs = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** Starts with the inputs; the length of the file bounds what its constants may take. */
  TranslatedGraph(TfliteModel model, long bytes) {
    this.model = model;
    constants = new TfliteConstants(model, bytes);
    graph = new GraphBuilder("tflite");
    for (int index : model.inputs()) {
      TfliteTensor tensor = port(index, "input");
      String name = claim(tensor);
      made.put(
          index,
          graph.input(name, axes(tensor.rank() == MAP_RANK ? planes(tensor) : tensor.shape())));
    }
    for (int index : model.outputs()) {
      outputs.put(index, claim(port(index, "output")));
    }
  }

  GraphBuilder graph() {
    return graph;
  }

  List<TfliteOperator> operators() {
    return model.operators();
  }

  TfliteConstants constants() {
    return constants;
  }

  boolean has(TfliteOperator operator, int input) {
    return input < operator.inputs().size() && operator.inputs().get(input) >= 0;
  }

  /** A tensor that an operator takes. */
  TfliteTensor input(TfliteOperator operator, int input) {
    if (!has(operator, input)) {
      throw refusal(operator, "has no input " + input);
    }
    return model.tensor(operator.inputs().get(input));
  }

  /** A tensor of four axes that an operator takes. */
  TfliteTensor map(TfliteOperator operator, int input) {
    TfliteTensor tensor = input(operator, input);
    if (tensor.rank() != MAP_RANK) {
      throw refusal(operator, "takes four axes, and is given " + tensor.text());
    }
    return tensor;
  }

  /** The tensor that an operator makes. */
  TfliteTensor output(TfliteOperator operator) {
    if (operator.outputs().size() != 1 || operator.outputs().get(0) < 0) {
      throw refusal(operator, "doesn't make one tensor");
    }
    return model.tensor(operator.outputs().get(0));
  }

  /** The value of a computed tensor that an operator takes. */
  Value value(TfliteOperator operator, int input) {
    TfliteTensor tensor = input(operator, input);
    Value value = made.get(tensor.index());
    if (value == null) {
      throw refusal(
          operator,
          constants.isConstant(tensor)
              ? "is given the constant " + tensor.text() + ", which isn't translated"
              : "is given " + tensor.text() + ", which nothing has made before");
    }
    return value;
  }

  /** The constant floats that an operator takes, in the order of the file. */
  float[] floats(TfliteOperator operator, int input) {
    return constants.floats(constant(operator, input));
  }

  /** The constant whole numbers that an operator takes. */
  long[] integers(TfliteOperator operator, int input) {
    return constants.integers(constant(operator, input));
  }

  private TfliteTensor constant(TfliteOperator operator, int input) {
    TfliteTensor tensor = input(operator, input);
    if (!constants.isConstant(tensor)) {
      throw refusal(operator, "is given " + tensor.text() + " where only a constant is translated");
    }
    return tensor;
  }

  /** Puts a constant into the graph, under the name of the tensor that it was. */
  Value constant(TfliteTensor tensor, float[] values, int... shape) {
    return graph.constant(claim(tensor), values, shape);
  }

  /**
   * Puts what an operator makes into the graph.
   *
   * @param shape what it makes, with a batch of 1, in the order of TFLite
   * @param make adds it under a name that it is given
   */
  void put(
      TfliteOperator operator,
      List<Integer> shape,
      FusedActivation activation,
      Function<String, Value> make) {
    TfliteTensor tensor = output(operator);
    if (!tensor.shape().equals(shape) || shape.isEmpty() || shape.get(0) != 1) {
      throw refusal(
          operator,
          "makes %s of a batch of 1, and the file says %s".formatted(shape, tensor.text()));
    }
    if (tensor.type() != TfliteTensor.FLOAT32 || made.containsKey(tensor.index())) {
      throw refusal(operator, "makes " + tensor.text() + ", which can't be");
    }
    String output = outputs.get(tensor.index());
    String name =
        output == null ? claim(tensor) : tensor.rank() == MAP_RANK ? output + ".planes" : output;
    made.put(tensor.index(), activation.after(graph, name, make));
  }

  /** The ONNX file, once all operators are in it. */
  byte[] onnx(Map<String, String> metadata) {
    outputs.forEach(
        (index, name) -> {
          TfliteTensor tensor = model.tensor(index);
          Value value = made.get(index);
          if (value == null || model.inputs().contains(index)) {
            throw new InvalidModelException(
                model.file(), "nothing makes its output " + tensor.text());
          }
          if (tensor.rank() == MAP_RANK) {
            value = graph.transpose(name, value, 0L, 2L, 3L, 1L);
          }
          graph.output(value, "", axes(tensor.shape()));
        });
    return graph.onnx(metadata);
  }

  /** What an operator does that can't be, or isn't translated. */
  InvalidModelException refusal(TfliteOperator operator, String what) {
    return new InvalidModelException(model.file(), "its " + operator.text() + " " + what);
  }

  private TfliteTensor port(int index, String kind) {
    TfliteTensor tensor = index < 0 ? null : model.tensor(index);
    boolean twice = made.containsKey(index) || outputs.containsKey(index);
    if (tensor == null
        || twice
        || tensor.isConstant()
        || tensor.type() != TfliteTensor.FLOAT32
        || tensor.rank() == 0
        || tensor.length(0) != 1) {
      throw new InvalidModelException(
          model.file(),
          "its %s %s isn't translated: it must be float32 with a batch of 1, and no other"
              .formatted(kind, tensor == null ? "is missing, which" : tensor.text()));
    }
    return tensor;
  }

  private static List<Integer> planes(TfliteTensor map) {
    return List.of(map.length(0), map.length(3), map.length(1), map.length(2));
  }

  private static String[] axes(List<Integer> shape) {
    return Stream.concat(Stream.of(BATCH), shape.stream().skip(1).map(String::valueOf))
        .toArray(String[]::new);
  }

  /**
   * A name that nobody has: the tensor's own where it can be. Dots part what is made of a name. One
   * that is taken gets a number that is soon free: a file may use a constant ten thousand times.
   */
  private String claim(TfliteTensor tensor) {
    String own = Printable.text(tensor.name()).replace('.', '_');
    String name = own.isEmpty() ? "tensor_" + tensor.index() : own;
    while (!taken.add(name)) {
      name += "_" + taken.size();
    }
    return name;
  }
}
