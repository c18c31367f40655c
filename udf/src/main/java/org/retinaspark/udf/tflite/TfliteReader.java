package org.retinaspark.udf.tflite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.Printable;

/**
 * Reads a file. The numbers of fields are those of TensorFlow's {@code schema.fbs}, version 3.
 * Tables are read to a fixed depth and each once, so that time and memory are those of the file.
 */
final class TfliteReader {

  private static final int SCHEMA_VERSION = 3;

  private static final int MOST_TENSORS = 10_000;
  private static final int MOST_KINDS = 1000;
  private static final int MOST_PORTS = 64;
  private static final int MOST_AXES = 6;

  /** Values of a tensor: 256 MB as floats. */
  private static final long MOST_VALUES = 1L << 26;

  private static final int CUSTOM = 32;

  private static final List<String> OPERATORS = operators();

  private final String file;

  private TfliteReader(String file) {
    this.file = file;
  }

  /**
   * Reads it all.
   *
   * @throws InvalidModelException if it is damaged, or of a form that isn't translated
   */
  static TfliteModel read(byte[] content, String file) {
    return new TfliteReader(file).model(FlatTable.root(content, file));
  }

  private TfliteModel model(FlatTable root) {
    int version = root.number(0, 0);
    if (version != SCHEMA_VERSION) {
      throw refusal("it is of version %d of TFLite, not %d".formatted(version, SCHEMA_VERSION));
    }
    List<FlatTable> graphs = root.tables(2, MOST_KINDS);
    if (graphs.size() != 1) {
      throw refusal("it has %d graphs; one is translated".formatted(graphs.size()));
    }
    List<ByteBuffer> buffers = new ArrayList<>();
    for (FlatTable buffer : root.tables(4, MOST_TENSORS)) {
      // Of files above 2 GB.
      if (buffer.longNumber(1, 0) > 1) {
        throw refusal("its weights lie behind the flatbuffer, which isn't translated");
      }
      buffers.add(buffer.bytes(0));
    }
    FlatTable graph = graphs.get(0);
    List<TfliteTensor> tensors = tensors(graph, buffers);
    List<TfliteOperator> operators = operators(graph, root.tables(1, MOST_KINDS), tensors.size());
    return new TfliteModel(
        file,
        tensors,
        operators,
        ports(graph, 1, tensors.size(), "input"),
        ports(graph, 2, tensors.size(), "output"));
  }

  private List<TfliteTensor> tensors(FlatTable graph, List<ByteBuffer> buffers) {
    List<TfliteTensor> tensors = new ArrayList<>();
    for (FlatTable table : graph.tables(0, MOST_TENSORS)) {
      long buffer = Integer.toUnsignedLong(table.number(2, 0));
      if (buffer >= buffers.size()) {
        throw refusal(
            "tensor %d asks for buffer %d of %d".formatted(tensors.size(), buffer, buffers.size()));
      }
      TfliteTensor tensor =
          new TfliteTensor(
              tensors.size(),
              table.text(3),
              table.small(1, 0),
              table.numbers(0, MOST_AXES),
              buffers.get((int) buffer));
      check(tensor, table);
      tensors.add(tensor);
    }
    return tensors;
  }

  private void check(TfliteTensor tensor, FlatTable table) {
    // Scales of 4 bytes each; the converter writes an empty table for what isn't quantised.
    if (table.table(4).map(quantisation -> quantisation.count(2, Float.BYTES)).orElse(0) > 0) {
      throw refusal(
          tensor.text()
              + " is quantised, which isn't translated; convert the model without quantisation"
              + " (float16 weights are understood)");
    }
    if (table.has(6)) {
      throw refusal(tensor.text() + " is sparse, which isn't translated");
    }
    List<Integer> signature = table.numbers(7, MOST_AXES);
    for (int axis = 1; axis < signature.size(); axis++) {
      if (signature.get(axis) < 0) {
        throw refusal(
            "%s has a dynamic axis %d; only the batch may be: convert it with fixed sizes"
                .formatted(tensor.text(), axis));
      }
    }
    long count = 1;
    for (int length : tensor.shape()) {
      if (length < 1 || length > MOST_VALUES || count * length > MOST_VALUES) {
        throw refusal(
            "%s has no size that can be: lengths are at least 1, values at most %d"
                .formatted(tensor.text(), MOST_VALUES));
      }
      count *= length;
    }
  }

  private List<TfliteOperator> operators(FlatTable graph, List<FlatTable> kinds, int tensors) {
    List<String> names = kinds.stream().map(TfliteReader::name).toList();
    List<TfliteOperator> operators = new ArrayList<>();
    for (FlatTable table : graph.tables(3, MOST_TENSORS)) {
      int index = operators.size();
      long kind = Integer.toUnsignedLong(table.number(0, 0));
      if (kind >= names.size()) {
        throw refusal("operator %d is of kind %d of %d".formatted(index, kind, names.size()));
      }
      String name = names.get((int) kind);
      operators.add(
          new TfliteOperator(
              index,
              name,
              ports(table, 1, tensors, "operator " + index),
              ports(table, 2, tensors, "operator " + index),
              table.table(4)));
    }
    return operators;
  }

  /** Numbers of tensors; -1 stands for a missing one, which an output of the graph can't be. */
  private List<Integer> ports(FlatTable table, int field, int tensors, String whose) {
    List<Integer> ports = table.numbers(field, MOST_PORTS);
    for (int port : ports) {
      if (port < -1 || port >= tensors) {
        throw refusal("%s asks for tensor %d of %d".formatted(whose, port, tensors));
      }
    }
    return ports;
  }

  /** Codes above 127 stand in a field of their own since 2020; others may stand in both. */
  private static String name(FlatTable kind) {
    int code = Math.max(kind.small(0, 0), kind.number(3, 0));
    if (code == CUSTOM) {
      return "custom " + Printable.text(kind.text(1));
    }
    return code >= 0 && code < OPERATORS.size() ? OPERATORS.get(code) : "unknown code " + code;
  }

  private InvalidModelException refusal(String fault) {
    return new InvalidModelException(file, fault);
  }

  /** The schema's names, in the order of their codes. */
  private static List<String> operators() {
    try (InputStream in = TfliteReader.class.getResourceAsStream("operators.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
