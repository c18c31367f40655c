package org.retinaspark.udf.build;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.Backbone;
import org.retinaspark.udf.weights.StoredTensor;
import org.retinaspark.udf.weights.WeightFile;
import org.retinaspark.udf.weights.WeightFileException;

/** The tensors of a file, by names of which it is known whose they are. */
public final class NamedWeights {

  /**
   * PyTorch's {@code DataParallel} writes it; the reference's {@code remove_prefix} takes it off.
   */
  private static final String PARALLEL = "module.";

  private static final int MOST_REPORTED = 5;

  /** What tells backbones apart, the deepest first: it has all blocks of the others. */
  private static final Map<Backbone, String> MARKS = new LinkedHashMap<>();

  static {
    MARKS.put(Backbone.RESNET_152, "backbone.stage3.35.reduce.conv.weight");
    MARKS.put(Backbone.RESNET_50, "backbone.stage3.5.reduce.conv.weight");
    MARKS.put(Backbone.MOBILENET_025, "backbone.block1.depthwise.conv.weight");
  }

  private final String file;
  private final Map<String, StoredTensor> tensors;
  private final NameScheme scheme;

  private NamedWeights(String file, Map<String, StoredTensor> tensors, NameScheme scheme) {
    this.file = file;
    this.tensors = tensors;
    this.scheme = scheme;
  }

  /**
   * Finds out whose names a file has.
   *
   * @throws WeightFileException if they are nobody's, or one is there twice
   */
  public static NamedWeights of(WeightFile file) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (StoredTensor tensor : file.tensors().values()) {
      String name = tensor.name();
      String plain = name.startsWith(PARALLEL) ? name.substring(PARALLEL.length()) : name;
      if (tensors.put(plain, tensor) != null) {
        throw new WeightFileException(
            file.name(),
            "tensor '%s' is there with and without '%s'"
                .formatted(Printable.text(plain), PARALLEL));
      }
    }
    NameScheme scheme =
        NameScheme.of(tensors.keySet())
            .orElseThrow(
                () ->
                    new WeightFileException(
                        file.name(),
                        "its %d tensors (%s) have the names of no RetinaFace that is known"
                            .formatted(tensors.size(), first(tensors))));
    return new NamedWeights(file.name(), tensors, scheme);
  }

  private static String first(Map<String, StoredTensor> tensors) {
    return tensors.keySet().stream()
        .limit(MOST_REPORTED)
        .map(name -> "'" + Printable.text(name) + "'")
        .collect(Collectors.joining(", ", "", tensors.size() > MOST_REPORTED ? ", ..." : ""));
  }

  /** Whose names these are, for people. */
  public String whose() {
    return scheme.whose();
  }

  /**
   * The network that the tensors are of, as far as their names and shapes tell it.
   *
   * @throws WeightFileException if they don't tell the backbone
   */
  public Architecture architecture() {
    Backbone backbone =
        MARKS.entrySet().stream()
            .filter(
                mark ->
                    tensors.containsKey(
                        NameTable.of(scheme, mark.getKey()).stored(mark.getValue())))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () ->
                    new WeightFileException(
                        file,
                        ("its %d tensors (%s), taken by the names of %s, don't tell the backbone:"
                                + " give --architecture where they are a RetinaFace's")
                            .formatted(tensors.size(), first(tensors), scheme.whose())));
    return scheme == NameScheme.OWN
        ? OwnArchitecture.of(backbone, tensors)
        : Architecture.pytorch(backbone);
  }

  /**
   * The tensors as a network asks for them.
   *
   * @param backbone that of the network
   */
  FileParameters parameters(Backbone backbone) {
    return new FileParameters(file, scheme, NameTable.of(scheme, backbone), tensors);
  }
}
