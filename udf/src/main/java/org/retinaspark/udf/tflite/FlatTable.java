package org.retinaspark.udf.tflite;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.graph.InvalidModelException;

/**
 * A table of a flatbuffer that a stranger may have made: fields by their number in the schema, each
 * looked for inside the file before it is read, and vectors counted before memory is taken. (The
 * library gives its own readers the layout of a table by inheritance alone.)
 */
final class FlatTable extends Table {

  /** Text and vectors begin with their length. */
  private static final int LENGTH_BYTES = Integer.BYTES;

  /** A virtual table begins with its own length and that of the table's fields. */
  private static final int HEAD_BYTES = 2 * Short.BYTES;

  /** Names of tensors are far shorter. */
  private static final int LONGEST_TEXT = 1000;

  private final String file;

  private FlatTable(String file, int position, ByteBuffer bytes) {
    this.file = file;
    this.bb = bytes;
    long layout = (long) position - bytes.getInt(within(position, Integer.BYTES));
    int layoutAt = within(layout, HEAD_BYTES);
    int length = bytes.getShort(layoutAt);
    if (length < HEAD_BYTES) {
      throw damaged("the layout of a table at byte " + layoutAt + " has no length");
    }
    within(layout, length);
    __reset(position, bytes);
  }

  /**
   * The table that a file begins with.
   *
   * @throws InvalidModelException here and below, if something lies outside of the file
   */
  static FlatTable root(byte[] content, String file) {
    ByteBuffer bytes = ByteBuffer.wrap(content).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < 2 * Integer.BYTES) {
      throw new InvalidModelException(file, "it is a cut TFLite file");
    }
    return new FlatTable(file, bytes.getInt(0), bytes);
  }

  boolean has(int field) {
    return place(field) != 0;
  }

  /** A whole number of 32 bits. */
  int number(int field, int otherwise) {
    int place = place(field);
    return place == 0 ? otherwise : bb.getInt(within(place, Integer.BYTES));
  }

  /** A whole number of 64 bits. */
  long longNumber(int field, long otherwise) {
    int place = place(field);
    return place == 0 ? otherwise : bb.getLong(within(place, Long.BYTES));
  }

  /** A whole number of 8 bits, with a sign. */
  int small(int field, int otherwise) {
    int place = place(field);
    return place == 0 ? otherwise : bb.get(within(place, Byte.BYTES));
  }

  /** A text; empty where there is none. */
  String text(int field) {
    ByteBuffer bytes = bytes(field);
    if (bytes.limit() > LONGEST_TEXT) {
      throw damaged("a text of %d bytes is no name".formatted(bytes.limit()));
    }
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /** A vector of bytes, not copied; empty where there is none. */
  ByteBuffer bytes(int field) {
    int vector = vector(field);
    if (vector == 0) {
      return ByteBuffer.allocate(0);
    }
    int length = length(vector, Byte.BYTES, Integer.MAX_VALUE);
    return bb.slice(vector + LENGTH_BYTES, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A vector of whole numbers; empty where there is none. */
  List<Integer> numbers(int field, int most) {
    List<Integer> numbers = new ArrayList<>();
    int vector = vector(field);
    int length = vector == 0 ? 0 : length(vector, Integer.BYTES, most);
    for (int index = 0; index < length; index++) {
      numbers.add(bb.getInt(vector + LENGTH_BYTES + index * Integer.BYTES));
    }
    return numbers;
  }

  /** How many elements a vector has, of which each takes some bytes. */
  int count(int field, int width) {
    int vector = vector(field);
    return vector == 0 ? 0 : length(vector, width, Integer.MAX_VALUE);
  }

  /** A vector of tables; empty where there is none. */
  List<FlatTable> tables(int field, int most) {
    List<FlatTable> tables = new ArrayList<>();
    int vector = vector(field);
    int length = vector == 0 ? 0 : length(vector, Integer.BYTES, most);
    for (int index = 0; index < length; index++) {
      tables.add(new FlatTable(file, pointed(vector + LENGTH_BYTES + index * Integer.BYTES), bb));
    }
    return tables;
  }

  Optional<FlatTable> table(int field) {
    int place = place(field);
    return place == 0 ? Optional.empty() : Optional.of(new FlatTable(file, pointed(place), bb));
  }

  /** Where a field is; 0 where the table has none. */
  private int place(int field) {
    int offset = Short.toUnsignedInt((short) __offset(HEAD_BYTES + field * Short.BYTES));
    return offset == 0 ? 0 : within((long) bb_pos + offset, Byte.BYTES);
  }

  /** Where the vector of a field is; 0 where there is none. */
  private int vector(int field) {
    int place = place(field);
    return place == 0 ? 0 : pointed(place);
  }

  /** What the offset at a place points to. */
  private int pointed(int place) {
    long offset = Integer.toUnsignedLong(bb.getInt(within(place, Integer.BYTES)));
    return within(place + offset, Integer.BYTES);
  }

  private int length(int vector, int width, int most) {
    long length = Integer.toUnsignedLong(bb.getInt(within(vector, LENGTH_BYTES)));
    if (length > most) {
      throw damaged("it lists %d things where %d are the most".formatted(length, most));
    }
    within((long) vector + LENGTH_BYTES, length * width);
    return Math.toIntExact(length);
  }

  private int within(long position, long length) {
    if (position < 0 || position + length > bb.limit()) {
      throw damaged(
          "it points to byte %d, and has %d bytes".formatted(position + length - 1, bb.limit()));
    }
    return (int) position;
  }

  private InvalidModelException damaged(String what) {
    return new InvalidModelException(file, "it is a damaged or cut TFLite file: " + what);
  }
}
