package org.retinaspark.udf.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.retinaspark.udf.graph.TensorSignature;

/** The order of the three feature maps among a family's outputs. */
enum StrideOrder {
  /** Strides 32, 16, 8. */
  COARSE_FIRST,
  /** Strides 8, 16, 32. */
  FINE_FIRST;

  static final int COUNT = 3;

  private static final int FINEST = 8;

  private static final Pattern STRIDE_IN_NAME = Pattern.compile("(?:stride|_)(8|16|32)$");
  private static final long UNNAMED = 0;

  int stride(int level) {
    return this == FINE_FIRST ? FINEST << level : FINEST << (COUNT - 1 - level);
  }

  /** Whether the sizes or names of all outputs say of which stride they are. */
  static boolean isTold(List<TensorSignature> outputs) {
    return outputs.stream().allMatch(output -> cells(output) > 0)
        || outputs.stream().allMatch(output -> strideInName(output) != UNNAMED);
  }

  /**
   * Outputs of one kind, or of several that shapes don't tell apart, put in this order, kind by
   * kind: by their declared sizes where these tell, else by the strides in their names, else as
   * they stand in the file.
   */
  List<TensorSignature> arrange(List<TensorSignature> levels) {
    if (tells(levels, StrideOrder::cells)) {
      return sorted(levels, Comparator.comparingLong(StrideOrder::cells).reversed());
    }
    if (tells(levels, StrideOrder::strideInName)) {
      return sorted(levels, Comparator.comparingLong(StrideOrder::strideInName));
    }
    return levels;
  }

  private List<TensorSignature> sorted(
      List<TensorSignature> levels, Comparator<TensorSignature> fineFirst) {
    List<TensorSignature> byLevel = new ArrayList<>(levels);
    byLevel.sort(this == FINE_FIRST ? fineFirst : fineFirst.reversed());
    int kinds = levels.size() / COUNT;
    List<TensorSignature> byKind = new ArrayList<>();
    for (int kind = 0; kind < kinds; kind++) {
      for (int level = 0; level < COUNT; level++) {
        byKind.add(byLevel.get(level * kinds + kind));
      }
    }
    return byKind;
  }

  /** Whether a key is known of all, and parts them into levels of equally many. */
  private static boolean tells(List<TensorSignature> levels, ToLongFunction<TensorSignature> key) {
    Map<Long, Long> counts =
        levels.stream()
            .map(key::applyAsLong)
            .filter(value -> value > 0)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long kinds = levels.size() / COUNT;
    return counts.size() == COUNT && counts.values().stream().allMatch(count -> count == kinds);
  }

  /** How large the map is: its anchors, or its cells; not positive where that isn't declared. */
  private static long cells(TensorSignature output) {
    return switch (output.rank()) {
      case 2 -> output.size(0);
      case 3 -> output.size(1);
      case 4 -> Math.min(output.size(2), output.size(3));
      default -> TensorSignature.Axis.OPEN;
    };
  }

  private static long strideInName(TensorSignature output) {
    Matcher matcher = STRIDE_IN_NAME.matcher(output.name());
    return matcher.find() ? Long.parseLong(matcher.group(1)) : UNNAMED;
  }
}
