package org.retinaspark.io.reading;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.Secrets;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.KeyRule;

/**
 * Which columns of a Parquet table hold images and their names.
 *
 * @param content path of the column of image files
 * @param key path of the column of names; absent if rows are numbered
 * @param projection the schema of these columns alone
 */
record TableColumns(List<String> content, Optional<List<String>> key, MessageType projection) {

  private static final List<String> USUAL_KEYS =
      List.of("path", "uri", "key", "id", "file_name", "image.path");

  /**
   * Finds them.
   *
   * @throws IllegalArgumentException saying what the table lacks or has too many of, and what to do
   */
  static TableColumns of(MessageType schema, InputColumns wanted) {
    List<String> content = content(schema, wanted.content());
    Optional<List<String>> key = key(schema, wanted.key());
    MessageType projection = only(schema, content);
    if (key.isPresent()) {
      projection = projection.union(only(schema, key.get()));
    }
    if (key.isEmpty() && wanted.keys() == KeyRule.OWN) {
      throw new IllegalArgumentException(
          "has no column of keys, so that rows can't go by their own; it has %s, one of which"
                  .formatted(names(schema))
              + " --key-column may name, or give --keys path");
    }
    return new TableColumns(content, key, projection);
  }

  private static List<String> content(MessageType schema, @Nullable String name) {
    List<ColumnDescriptor> candidates = new ArrayList<>();
    for (ColumnDescriptor column : schema.getColumns()) {
      PrimitiveType type = column.getPrimitiveType();
      boolean bytes =
          type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
              && column.getMaxRepetitionLevel() == 0;
      boolean named = name != null && String.join(".", column.getPath()).equals(name);
      if (bytes && (named || (name == null && type.getLogicalTypeAnnotation() == null))) {
        candidates.add(column);
      }
    }
    if (candidates.size() != 1) {
      throw new IllegalArgumentException(
          (name == null
                  ? "has %d columns of bytes; say with --content-column which of %s holds the"
                      + " images"
                  : "has %d columns of bytes that are called '"
                      + name
                      + "' by --content-column; it has %s")
              .formatted(candidates.size(), names(schema)));
    }
    return List.of(candidates.get(0).getPath());
  }

  private static Optional<List<String>> key(MessageType schema, @Nullable String name) {
    for (String candidate : name == null ? USUAL_KEYS : List.of(name)) {
      for (ColumnDescriptor column : schema.getColumns()) {
        if (column.getMaxRepetitionLevel() == 0
            && String.join(".", column.getPath()).equals(candidate)) {
          return Optional.of(List.of(column.getPath()));
        }
      }
    }
    if (name != null) {
      throw new IllegalArgumentException(
          "has no column '%s' for --key-column; it has %s".formatted(name, names(schema)));
    }
    return Optional.empty();
  }

  private static String names(MessageType schema) {
    return String.join(
        ", ",
        schema.getColumns().stream().map(column -> String.join(".", column.getPath())).toList());
  }

  private static MessageType only(GroupType schema, List<String> path) {
    return new MessageType("images", branch(schema, path));
  }

  private static Type branch(GroupType parent, List<String> path) {
    Type child = parent.getType(path.get(0));
    return path.size() == 1
        ? child
        : child
            .asGroupType()
            .withNewFields(branch(child.asGroupType(), path.subList(1, path.size())));
  }

  /** A row's image file; no bytes where the table has none. */
  byte[] content(Group row) {
    Group parent = parent(row, content);
    String name = content.get(content.size() - 1);
    return parent == null || parent.getFieldRepetitionCount(name) == 0
        ? new byte[0]
        : parent.getBinary(name, 0).getBytes();
  }

  /** Whether images or names are in a column, or in a part of it. */
  boolean has(String column) {
    return projection.containsField(column);
  }

  /** The schema of the column of names alone. */
  MessageType keyOnly(MessageType schema) {
    return only(schema, key.orElseThrow());
  }

  /** A row's name, as people write values of its type; absent where the table has none. */
  @Nullable String key(Group row) {
    if (key.isEmpty()) {
      return null;
    }
    Group parent = parent(row, key.get());
    String name = key.get().get(key.get().size() - 1);
    if (parent == null || parent.getFieldRepetitionCount(name) == 0) {
      return null;
    }
    PrimitiveType type = parent.getType().getType(name).asPrimitiveType();
    return Secrets.hide(
        switch (type.getPrimitiveTypeName()) {
          case BOOLEAN -> Boolean.toString(parent.getBoolean(name, 0));
          case INT32 -> type.stringifier().stringify(parent.getInteger(name, 0));
          case INT64 -> type.stringifier().stringify(parent.getLong(name, 0));
          case FLOAT -> type.stringifier().stringify(parent.getFloat(name, 0));
          case DOUBLE -> type.stringifier().stringify(parent.getDouble(name, 0));
          case INT96 -> type.stringifier().stringify(parent.getInt96(name, 0));
          case BINARY, FIXED_LEN_BYTE_ARRAY -> text(type, parent.getBinary(name, 0));
        });
  }

  /** Bytes of no stated meaning are text if they can be. */
  private static String text(PrimitiveType type, Binary value) {
    if (type.getLogicalTypeAnnotation() == null) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(value.toByteBuffer()).toString();
      } catch (CharacterCodingException noText) {
        return HexFormat.of().formatHex(value.getBytes());
      }
    }
    return type.stringifier().stringify(value);
  }

  private static @Nullable Group parent(Group row, List<String> path) {
    Group parent = row;
    for (String name : path.subList(0, path.size() - 1)) {
      if (parent.getFieldRepetitionCount(name) == 0) {
        return null;
      }
      parent = parent.getGroup(name, 0);
    }
    return parent;
  }
}
