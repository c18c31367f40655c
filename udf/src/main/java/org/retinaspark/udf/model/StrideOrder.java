package org.retinaspark.udf.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /**
   * Outputs of one kind, put in this order: by their declared sizes where these tell, else by the
   * strides in their names, else as they stand in the file.
   */
  List<TensorSignature> arrange(List<TensorSignature> levels) {
    if (distinct(levels, StrideOrder::cells)) {
      return sorted(levels, Comparator.comparingLong(StrideOrder::cells).reversed());
    }
    if (distinct(levels, StrideOrder::strideInName)) {
      return sorted(levels, Comparator.comparingLong(StrideOrder::strideInName));
    }
    return levels;
  }

  private List<TensorSignature> sorted(
      List<TensorSignature> levels, Comparator<TensorSignature> fineFirst) {
    List<TensorSignature> sorted = new ArrayList<>(levels);
    sorted.sort(this == FINE_FIRST ? fineFirst : fineFirst.reversed());
    return sorted;
  }

  private static boolean distinct(
      List<TensorSignature> levels, ToLongFunction<TensorSignature> key) {
    return levels.stream().mapToLong(key).filter(value -> value > 0).distinct().count() == COUNT;
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
