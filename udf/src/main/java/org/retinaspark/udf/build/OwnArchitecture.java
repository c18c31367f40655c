package org.retinaspark.udf.build;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.Backbone;
import org.retinaspark.udf.network.HeadWeights;
import org.retinaspark.udf.network.Mesh;
import org.retinaspark.udf.network.Sampling;
import org.retinaspark.udf.weights.StoredTensor;

/** The network that tensors with our own names are of. */
final class OwnArchitecture {

  private static final Pattern MESH = Pattern.compile("head[12]\\.mesh\\.([^.]+)\\.[^.]+\\.weight");

  private static final int COORDINATES = 3;

  private OwnArchitecture() {}

  static Architecture of(Backbone backbone, Map<String, StoredTensor> tensors) {
    Set<String> names = tensors.keySet();
    Architecture base =
        names.contains("context1.4.3x3.conv.weight")
            ? Architecture.paper(backbone, List.of())
            : Architecture.pytorch(backbone);
    int sizes = base.anchors().get(0).sizes().size();
    return new Architecture(
        backbone,
        base.anchors(),
        Math.min(
            base.channels(),
            length(tensors.get("pyramid.lateral.32.conv.weight")).orElse(base.channels())),
        has(names, ".offset.weight") ? Sampling.DEFORMABLE : Sampling.REGULAR,
        has(names, ".shared.weight") ? HeadWeights.SHARED : HeadWeights.PER_LEVEL,
        names.stream().anyMatch(name -> name.startsWith("context2.")) ? 2 : 1,
        meshes(tensors, sizes));
  }

  private static boolean has(Set<String> names, String end) {
    return names.stream().anyMatch(name -> name.endsWith(end));
  }

  private static List<Mesh> meshes(Map<String, StoredTensor> tensors, int sizes) {
    List<Mesh> meshes = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      Matcher head = MESH.matcher(entry.getKey());
      if (head.matches() && seen.add(head.group(1))) {
        int values = length(entry.getValue()).orElse(0) / sizes;
        OptionalInt mean = length(tensors.get("mesh.%s.mean".formatted(head.group(1))));
        int vertices = mean.orElse(values) / COORDINATES;
        meshes.add(new Mesh(head.group(1), vertices, mean.isPresent() ? values : 0));
      }
    }
    return meshes;
  }

  /** Of the first axis. */
  private static OptionalInt length(@Nullable StoredTensor tensor) {
    return tensor == null || tensor.shape().isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(tensor.shape().get(0));
  }
}
