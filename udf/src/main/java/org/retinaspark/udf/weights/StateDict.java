package org.retinaspark.udf.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.graph.Printable;

/**
 * The tensors of a pickle by name: it is the dictionary itself, or one that a checkpoint keeps
 * beside the optimiser and the number of the epoch.
 */
record StateDict(Map<String, PickledTensor> tensors) {

  /** Under which training scripts keep it. */
  private static final List<String> KEYS = List.of("state_dict", "model_state_dict", "model");

  private static final int MOST_REPORTED = 5;

  /**
   * Finds it.
   *
   * @throws WeightFileException if there is none, or one with something else in it
   */
  static StateDict of(Object root, String file) {
    Map<?, ?> dictionary = dictionary(root, file);
    Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (!(entry.getValue() instanceof PickledTensor tensor)) {
        throw WeightFileException.ofTensor(
            file, name, "is none: the state dict has another thing there");
      }
      tensors.put(name, tensor);
    }
    return new StateDict(tensors);
  }

  private static Map<?, ?> dictionary(Object root, String file) {
    Map<?, ?> found = nested(root);
    if (found == null || found.values().stream().noneMatch(PickledTensor.class::isInstance)) {
      throw new WeightFileException(
          file,
          ("it holds no state dict, neither by itself nor as %s%s. Save one alone:"
                  + " torch.save(model.state_dict(), FILE)")
              .formatted(
                  KEYS.stream().map("'%s'"::formatted).collect(Collectors.joining(", ")),
                  root instanceof Map<?, ?> other ? "; its keys are " + keys(other) : ""));
    }
    return found;
  }

  private static @Nullable Map<?, ?> nested(Object root) {
    if (!(root instanceof Map<?, ?> outer)) {
      return null;
    }
    for (String key : KEYS) {
      if (outer.get(key) instanceof Map<?, ?> inner) {
        return inner;
      }
    }
    return outer;
  }

  private static String keys(Map<?, ?> dictionary) {
    String keys =
        dictionary.keySet().stream()
            .limit(MOST_REPORTED)
            .map(key -> "'" + Printable.text(String.valueOf(key)) + "'")
            .collect(Collectors.joining(", "));
    return dictionary.size() > MOST_REPORTED
        ? keys + " and %d more".formatted(dictionary.size() - MOST_REPORTED)
        : keys;
  }
}
