package org.retinaspark.job.options;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Merge;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a configuration as their fields declare them, with their values, from picocli's
 * model of it. What holds for all options, or for all with an annotation, is done here without a
 * list of them.
 */
public final class DeclaredOptions {

  private final List<OptionSpec> options;

  private DeclaredOptions(List<OptionSpec> options) {
    this.options = options;
  }

  /** Those of an object whose fields are options, or mixins that have such. */
  public static DeclaredOptions of(Object configuration) {
    return new DeclaredOptions(CommandSpec.forAnnotatedObject(configuration).options());
  }

  /**
   * Checks each value against its {@link Range}.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public void requireValid() {
    for (OptionSpec option : options) {
      Object value = option.getValue();
      Range range = field(option).getAnnotation(Range.class);
      if (value instanceof Number number && range != null) {
        requireInRange(option.longestName(), number, range);
      }
    }
  }

  private static void requireInRange(String option, Number number, Range range) {
    double value = number.doubleValue();
    if (!(value >= range.from() && value <= range.to())) {
      throw new IllegalArgumentException(
          "%s is %s, but must be %s"
              .formatted(
                  option,
                  number,
                  range.to() == Double.POSITIVE_INFINITY
                      ? "at least " + plain(range.from())
                      : "from " + plain(range.from()) + " to " + plain(range.to())));
    }
  }

  private static String plain(double limit) {
    return BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
  }

  /**
   * The values that decide the rows, by the option's name without dashes, as JSON takes them: enums
   * and merges by their names on the command line. An option without a value is not there.
   */
  public Map<String, Object> decidingRows() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : options) {
      @Nullable Object value = option.getValue();
      if (value != null && field(option).isAnnotationPresent(DecidesRows.class)) {
        values.put(option.longestName().substring("--".length()), plain(value));
      }
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof Merge merge) {
      return merge.label();
    }
    return value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value;
  }

  private static AnnotatedElement field(OptionSpec option) {
    return (AnnotatedElement) option.userObject();
  }
}
