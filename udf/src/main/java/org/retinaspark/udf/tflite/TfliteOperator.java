package org.retinaspark.udf.tflite;

import java.util.List;
import java.util.Optional;

/**
 * An operator of a file.
 *
 * @param index its number, in the order in which they are run
 * @param name of its kind, as the schema's {@code BuiltinOperator} has it
 * @param inputs the numbers of its tensors, -1 where an optional one is missing
 * @param outputs the numbers of what it makes
 * @param options the table of its options; none where all have their defaults
 */
record TfliteOperator(
    int index,
    String name,
    List<Integer> inputs,
    List<Integer> outputs,
    Optional<FlatTable> options) {

  /** An option of 32 bits. */
  int option(int field, int otherwise) {
    return options.map(table -> table.number(field, otherwise)).orElse(otherwise);
  }

  /** An option of 8 bits. */
  int smallOption(int field, int otherwise) {
    return options.map(table -> table.small(field, otherwise)).orElse(otherwise);
  }

  /** What it is, for people. */
  String text() {
    return "operator %d (%s)".formatted(index, name);
  }
}
