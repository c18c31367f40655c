package org.retinaspark.udf.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.LandmarkScale;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

/**
 * What a file says of itself in its metadata, under keys that start with {@code retinaspark.}. Each
 * may be missing; it wins over what recognition would find.
 *
 * @param entries key and value, in the file's order, all namespaces
 * @param model name of the file, for messages
 */
record ModelMetadata(Map<String, String> entries, String model) {

  static final String FAMILY = "retinaspark.family";
  static final String LAYOUT = "retinaspark.layout";
  static final String CHANNELS = "retinaspark.channels";
  static final String MEAN = "retinaspark.mean";
  static final String SCALE = "retinaspark.scale";
  static final String MULTIPLE = "retinaspark.multiple";
  static final String LANDMARK_SCALE = "retinaspark.landmark_scale";
  static final String CLASS_OUTPUT = "retinaspark.class_output";
  static final String VERSION = "retinaspark.version";

  /** Digest of the file that an imported one was made of. */
  static final String SOURCE_SHA256 = "retinaspark.source_sha256";

  /** A digest and three numbers are shorter; a text as long as the file isn't taken apart. */
  private static final int LONGEST = 1000;

  /** Strides of detectors go to 128; a trial of a larger multiple takes gigabytes. */
  private static final int MOST_MULTIPLE = 256;

  /** Of this vocabulary; a later one must not be read with the rules of this. */
  static final String CURRENT_VERSION = "1";

  /**
   * Reads the entries of a file.
   *
   * @throws InvalidModelException if they are of another version
   */
  static ModelMetadata of(OnnxFile file) {
    ModelMetadata metadata = new ModelMetadata(file.metadata(), file.name());
    metadata.read(
        VERSION,
        "'" + CURRENT_VERSION + "', the only version that this program knows",
        text -> text.equals(CURRENT_VERSION) ? text : null);
    return metadata;
  }

  /** Digest of the published file that this one was made of, or its own. */
  String origin(String own) {
    String source =
        read(
            SOURCE_SHA256,
            "a SHA-256, 64 hexadecimal digits",
            text -> text.matches("[0-9a-f]{64}") ? text : null);
    return source == null ? own : source;
  }

  @Nullable FamilyOutputs family() {
    return read(FAMILY, "one of " + FamilyOutputs.names(", "), FamilyOutputs::named);
  }

  @Nullable LandmarkScale landmarkScale() {
    return read(LANDMARK_SCALE, choices(LandmarkScale.values()), choice(LandmarkScale.values()));
  }

  @Nullable ClassOutput classOutput() {
    return read(CLASS_OUTPUT, choices(ClassOutput.values()), choice(ClassOutput.values()));
  }

  /**
   * The input format with what the file says in place of the defaults.
   *
   * @throws InvalidModelException if it contradicts the graph or itself
   */
  InputFormat format(InputFormat defaults) {
    read(
        LAYOUT,
        "'" + defaults.layout().name().toLowerCase(Locale.ROOT) + "', which its input is",
        text -> text.equalsIgnoreCase(defaults.layout().name()) ? text : null);
    ChannelOrder channels =
        read(CHANNELS, choices(ChannelOrder.values()), choice(ChannelOrder.values()));
    List<Float> mean = read(MEAN, "three numbers with commas between", ModelMetadata::three);
    Float scale = read(SCALE, "a positive number", ModelMetadata::positive);
    try {
      return new InputFormat(
          defaults.layout(),
          channels == null ? defaults.channels() : channels,
          mean == null ? defaults.mean() : mean,
          scale == null ? defaults.scale() : scale);
    } catch (IllegalArgumentException contradiction) {
      throw new InvalidModelException(
          model, "its metadata is wrong: " + contradiction.getMessage());
    }
  }

  /** Of what the input's sides are multiples. */
  int multiple(int usual) {
    Integer multiple =
        read(MULTIPLE, "a whole number from 1 to " + MOST_MULTIPLE, ModelMetadata::side);
    return multiple == null ? usual : multiple;
  }

  /** Whether any part of the input format is in the file. */
  boolean hasInput() {
    return List.of(LAYOUT, CHANNELS, MEAN, SCALE, MULTIPLE).stream().anyMatch(entries::containsKey);
  }

  private <T> @Nullable T read(String key, String valid, Function<String, @Nullable T> parser) {
    String text = entries.get(key);
    if (text == null) {
      return null;
    }
    T value = text.length() > LONGEST ? null : parser.apply(text.trim());
    if (value == null) {
      throw new InvalidModelException(
          model,
          "its metadata says %s = '%s', but that must be %s"
              .formatted(key, Printable.text(text), valid));
    }
    return value;
  }

  private static @Nullable List<Float> three(String text) {
    try {
      List<Float> numbers =
          Arrays.stream(text.split(",", -1)).map(part -> Float.valueOf(part.trim())).toList();
      return numbers.size() == 3 && numbers.stream().allMatch(Float::isFinite) ? numbers : null;
    } catch (NumberFormatException notNumbers) {
      return null;
    }
  }

  private static @Nullable Float positive(String text) {
    try {
      float number = Float.parseFloat(text);
      return number > 0 && Float.isFinite(number) ? number : null;
    } catch (NumberFormatException notNumber) {
      return null;
    }
  }

  private static @Nullable Integer side(String text) {
    try {
      int number = Integer.parseInt(text);
      return number >= 1 && number <= MOST_MULTIPLE ? number : null;
    } catch (NumberFormatException notNumber) {
      return null;
    }
  }

  private static <E extends Enum<E>> Function<String, @Nullable E> choice(E[] values) {
    return text ->
        Arrays.stream(values)
            .filter(value -> value.name().equalsIgnoreCase(text))
            .findFirst()
            .orElse(null);
  }

  private static <E extends Enum<E>> String choices(E[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" or "));
  }
}
