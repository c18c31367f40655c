package org.retinaspark.udf.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.network.Parameters;
import org.retinaspark.udf.weights.StoredTensor;
import org.retinaspark.udf.weights.WeightFileException;

/**
 * A file's tensors under a network's names. What is wrong is collected while the network asks, so
 * that one error can list all of it.
 */
final class FileParameters implements Parameters {

  /** Of each kind; a file of another network would list hundreds. */
  private static final int MOST_REPORTED = 10;

  /** Counts the batches of training; nothing computes with it. */
  private static final String BATCHES = ".num_batches_tracked";

  /** The classifier of ImageNet, which exports of the whole backbone keep. */
  private static final List<String> CLASSIFIER = List.of(".fc.weight", ".fc.bias");

  private final String file;
  private final NameScheme scheme;
  private final NameTable names;
  private final Map<String, StoredTensor> unused;
  private final List<String> missing = new ArrayList<>();
  private final List<String> misshapen = new ArrayList<>();
  private final List<String> senseless = new ArrayList<>();

  FileParameters(
      String file, NameScheme scheme, NameTable names, Map<String, StoredTensor> tensors) {
    this.file = file;
    this.scheme = scheme;
    this.names = names;
    this.unused = new LinkedHashMap<>(tensors);
  }

  /** The tensor, or zeros where {@link #requireAll} will say what is wrong with it. */
  @Override
  public float[] tensor(String name, int... shape) {
    List<Integer> expected = IntStream.of(shape).boxed().toList();
    String stored = names.stored(name);
    StoredTensor tensor = unused.remove(stored);
    if (tensor == null) {
      missing.add(quoted(stored) + " " + expected);
      return zeros(shape);
    }
    if (!tensor.shape().equals(expected)) {
      misshapen.add("%s is %s, not %s".formatted(quoted(stored), tensor.shape(), expected));
      return zeros(shape);
    }
    float[] values = tensor.values();
    boolean variance = name.endsWith(".norm.variance");
    for (float value : values) {
      if (!Float.isFinite(value) || (variance && value < 0)) {
        senseless.add("%s has %s".formatted(quoted(stored), value));
        break;
      }
    }
    return values;
  }

  /**
   * Checks that the network got all that it asked for, and asked for all that there was.
   *
   * @throws WeightFileException listing what is missing, of another shape, senseless and unknown
   */
  void requireAll() {
    List<String> unknown =
        unused.keySet().stream().filter(name -> !isIdle(name)).map(FileParameters::quoted).toList();
    List<String> faults = new ArrayList<>();
    report(faults, "missing", missing);
    report(faults, "of another shape", misshapen);
    report(faults, "with values that no network can have", senseless);
    report(faults, "unknown", unknown);
    if (!faults.isEmpty()) {
      throw new WeightFileException(
          file,
          "by the names of %s its tensors are not those of this network: %s"
              .formatted(scheme.whose(), String.join("; ", faults)));
    }
  }

  private boolean isIdle(String name) {
    return name.endsWith(BATCHES)
        || CLASSIFIER.stream().anyMatch(end -> name.equals(scheme.backbone() + end));
  }

  private static void report(List<String> faults, String kind, List<String> tensors) {
    if (!tensors.isEmpty()) {
      String listed = tensors.stream().limit(MOST_REPORTED).collect(Collectors.joining(", "));
      int more = tensors.size() - MOST_REPORTED;
      faults.add(
          "%d %s (%s%s)"
              .formatted(
                  tensors.size(), kind, listed, more > 0 ? ", and %d more".formatted(more) : ""));
    }
  }

  private static String quoted(String name) {
    return "'" + Printable.text(name) + "'";
  }

  private static float[] zeros(int... shape) {
    return new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
  }
}
