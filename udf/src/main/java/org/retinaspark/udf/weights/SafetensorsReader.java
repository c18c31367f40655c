package org.retinaspark.udf.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.graph.Printable;

/**
 * Reads the safetensors format (huggingface/safetensors, README "Format"): the length of a header
 * as eight bytes, least first, the header as JSON, then the elements, least byte first, each tensor
 * with its range of bytes. As its own library has it, the ranges cover all of the data and no byte
 * twice.
 */
final class SafetensorsReader {

  private static final int LENGTH_BYTES = Long.BYTES;

  /** A thousand tensors take 0.1 MB. */
  private static final int LONGEST_HEADER = 8 << 20;

  private static final String METADATA = "__metadata__";

  private static final Map<String, StoredType> TYPES =
      Map.of(
          "F64", StoredType.FLOAT64,
          "F32", StoredType.FLOAT32,
          "F16", StoredType.FLOAT16,
          "BF16", StoredType.BFLOAT16,
          "I64", StoredType.INT64,
          "I32", StoredType.INT32,
          "I16", StoredType.INT16,
          "I8", StoredType.INT8,
          "U8", StoredType.UINT8,
          "BOOL", StoredType.BOOL);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ByteBuffer content;
  private final String file;

  SafetensorsReader(byte[] content, String file) {
    this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.file = file;
  }

  /** Whether a file begins as this format does. */
  static boolean takes(byte[] content) {
    return content.length > LENGTH_BYTES && content[LENGTH_BYTES] == '{';
  }

  Map<String, StoredTensor> read() {
    long length = content.getLong(0);
    if (length < 0 || length > LONGEST_HEADER) {
      throw new WeightFileException(
          file, "its header claims %d bytes of at most %d".formatted(length, LONGEST_HEADER));
    }
    if (length > content.limit() - LENGTH_BYTES) {
      throw new WeightFileException(
          file,
          "it is cut: its header has %d bytes, the file %d".formatted(length, content.limit()));
    }
    ByteBuffer data =
        content.slice(LENGTH_BYTES + (int) length, content.limit() - LENGTH_BYTES - (int) length);
    List<Entry> entries = new ArrayList<>();
    header((int) length)
        .properties()
        .forEach(
            each -> {
              if (!each.getKey().equals(METADATA)) {
                entries.add(entry(each.getKey(), each.getValue()));
              }
            });
    requireCovered(entries, data.limit());
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    entries.forEach(entry -> tensors.put(entry.name, tensor(entry, data)));
    return tensors;
  }

  private JsonNode header(int length) {
    JsonNode header;
    try {
      header = JSON.readTree(content.array(), LENGTH_BYTES, length);
    } catch (JsonProcessingException wrong) {
      throw new WeightFileException(
          file, "its header is no JSON: " + Printable.text(wrong.getOriginalMessage()));
    } catch (IOException impossible) {
      throw new WeightFileException(file, "its header can't be read");
    }
    if (!header.isObject()) {
      throw new WeightFileException(file, "its header is no JSON object");
    }
    return header;
  }

  private Entry entry(String name, JsonNode json) {
    StoredType type = TYPES.get(json.path("dtype").asText());
    if (type == null) {
      throw WeightFileException.ofTensor(
          file,
          name,
          "has elements of type '%s', which are not read: save it as float32"
              .formatted(Printable.text(json.path("dtype").asText())));
    }
    List<Long> shape = numbers(json.path("shape"));
    List<Long> range = numbers(json.path("data_offsets"));
    if (shape == null || range == null || range.size() != 2) {
      throw WeightFileException.ofTensor(
          file, name, "has no shape or no range of bytes in the header");
    }
    return new Entry(name, type, shape, range.get(0), range.get(1));
  }

  private static @Nullable List<Long> numbers(JsonNode array) {
    boolean whole =
        array.isArray()
            && StreamSupport.stream(array.spliterator(), false)
                .allMatch(each -> each.isIntegralNumber() && each.canConvertToLong());
    return whole
        ? StreamSupport.stream(array.spliterator(), false).map(JsonNode::asLong).toList()
        : null;
  }

  private void requireCovered(List<Entry> entries, int bytes) {
    long end = 0;
    for (Entry entry :
        entries.stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList()) {
      if (entry.end < entry.begin || entry.end > bytes) {
        throw WeightFileException.ofTensor(
            file,
            entry.name,
            "lies at bytes %d to %d of %d: the file is cut or its header wrong"
                .formatted(entry.begin, entry.end, bytes));
      }
      if (entry.begin != end) {
        throw WeightFileException.ofTensor(
            file,
            entry.name,
            "begins at byte %d, but the one before ends at %d".formatted(entry.begin, end));
      }
      end = entry.end;
    }
    if (end != bytes) {
      throw new WeightFileException(
          file, "its tensors end at byte %d, its data at %d".formatted(end, bytes));
    }
  }

  private StoredTensor tensor(Entry entry, ByteBuffer data) {
    StridedView view;
    try {
      view = StridedView.rowMajor(entry.shape);
    } catch (IllegalArgumentException fault) {
      throw WeightFileException.ofTensor(file, entry.name, String.valueOf(fault.getMessage()));
    }
    long bytes = entry.end - entry.begin;
    if (view.count() != bytes / entry.type.bytes() || bytes % entry.type.bytes() != 0) {
      throw WeightFileException.ofTensor(
          file,
          entry.name,
          "has shape %s of %s, but %d bytes".formatted(entry.shape, entry.type, bytes));
    }
    ByteBuffer storage = data.slice((int) entry.begin, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    return StoredTensor.of(file, entry.name, entry.type, view, bytes, () -> storage);
  }

  private record Entry(String name, StoredType type, List<Long> shape, long begin, long end) {}
}
