package org.retinaspark.udf.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.retinaspark.udf.graph.TensorSignature;

/** A model's outputs grouped by how many values they have for an anchor or a cell. */
record OutputGroups(Map<Long, List<TensorSignature>> groups) {

  private static final int CHANNEL_AXIS = 1;

  /** By the length of the last axis; outputs of another rank are left out. */
  static OutputGroups byLastAxis(List<TensorSignature> outputs, int rank) {
    return by(outputs, rank, TensorSignature::last);
  }

  /** By the channels of {@code [batch, channels, height, width]}; other outputs are left out. */
  static OutputGroups byChannels(List<TensorSignature> outputs) {
    return by(outputs, 4, output -> output.size(CHANNEL_AXIS));
  }

  private static OutputGroups by(
      List<TensorSignature> outputs, int rank, ToLongFunction<TensorSignature> key) {
    Map<Long, List<TensorSignature>> groups = new HashMap<>();
    for (TensorSignature output : outputs) {
      if (output.rank() == rank && output.isFloat()) {
        groups.computeIfAbsent(key.applyAsLong(output), size -> new ArrayList<>()).add(output);
      }
    }
    return new OutputGroups(groups);
  }

  boolean haveEach(List<Long> sizes, int count) {
    return sizes.stream().allMatch(size -> groups.getOrDefault(size, List.of()).size() == count);
  }

  /** The single output of each size. */
  List<TensorSignature> inOrder(List<Long> sizes) {
    return sizes.stream().map(size -> group(size).get(0)).toList();
  }

  /** For each size its levels; of several kinds of a size, those of the first kind first. */
  List<TensorSignature> kindByKind(List<Long> sizes, StrideOrder order) {
    return sizes.stream().flatMap(size -> order.arrange(group(size)).stream()).toList();
  }

  /** For each level its sizes. */
  List<TensorSignature> levelByLevel(List<Long> sizes, StrideOrder order) {
    List<List<TensorSignature>> kinds =
        sizes.stream().map(size -> order.arrange(group(size))).toList();
    List<TensorSignature> ordered = new ArrayList<>();
    for (int level = 0; level < StrideOrder.COUNT; level++) {
      for (List<TensorSignature> kind : kinds) {
        ordered.add(kind.get(level));
      }
    }
    return ordered;
  }

  List<TensorSignature> group(long size) {
    return Objects.requireNonNull(groups.get(size));
  }
}
