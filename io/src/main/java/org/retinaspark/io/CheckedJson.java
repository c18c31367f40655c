package org.retinaspark.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that somebody may have cut or edited: all that a record has must be there, of its
 * type. Fields that it doesn't have are those of a later version, and pass.
 */
public final class CheckedJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CheckedJson() {}

  /**
   * A document as a record.
   *
   * @throws DamagedFileException naming the field and its value if it can't be one
   */
  public static <T> T read(byte[] json, Class<T> type) throws DamagedFileException {
    if (json.length == 0) {
      throw new DamagedFileException("it is empty", null);
    }
    try {
      return present(JSON.readValue(json, type));
    } catch (IOException wrong) {
      throw new DamagedFileException(explain(wrong), wrong);
    }
  }

  /**
   * A part of a document as a record.
   *
   * @throws DamagedFileException naming the field and its value if it can't be one
   */
  public static <T> T read(JsonNode json, Class<T> type) throws DamagedFileException {
    try {
      return present(JSON.treeToValue(json, type));
    } catch (IOException wrong) {
      throw new DamagedFileException(explain(wrong), wrong);
    }
  }

  /**
   * A document of named fields.
   *
   * @throws DamagedFileException if it is none
   */
  public static JsonNode object(byte[] json) throws DamagedFileException {
    JsonNode node = read(json, JsonNode.class);
    if (!node.isObject()) {
      throw new DamagedFileException("it is no JSON object", null);
    }
    return node;
  }

  private static <T> T present(@Nullable T value) throws IOException {
    if (value == null) {
      throw new IOException("it is null");
    }
    return value;
  }

  private static String explain(IOException wrong) {
    if (wrong instanceof InvalidFormatException invalid) {
      return "field '%s' is '%s', and must be %s"
          .formatted(field(invalid), invalid.getValue(), allowed(invalid.getTargetType()));
    }
    if (wrong instanceof ValueInstantiationException value && value.getCause() != null) {
      String where = value.getPath().isEmpty() ? "" : "in field '%s': ".formatted(field(value));
      return where + value.getCause().getMessage();
    }
    if (wrong instanceof JsonMappingException mapping
        && !(wrong.getCause() instanceof StreamReadException)) {
      return mapping.getPath().isEmpty()
          ? "it is not what it must be: " + mapping.getOriginalMessage()
          : "field '%s' %s".formatted(field(mapping), fault(mapping.getOriginalMessage()));
    }
    return wrong instanceof JsonProcessingException json
        ? "it is no whole JSON document: " + json.getOriginalMessage()
        : String.valueOf(wrong.getMessage());
  }

  private static String fault(String message) {
    if (message.startsWith("Missing ")) {
      return "is missing";
    }
    return message.startsWith("Null value") || message.startsWith("Cannot map `null`")
        ? "is null"
        : "is wrong: " + message;
  }

  private static String field(JsonMappingException wrong) {
    return wrong.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String allowed(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return constants == null
        ? "of type " + type.getSimpleName().toLowerCase(Locale.ROOT)
        : Arrays.stream(constants).map(String::valueOf).collect(Collectors.joining(", "));
  }
}
