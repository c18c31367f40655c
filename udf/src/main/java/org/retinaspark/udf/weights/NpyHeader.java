package org.retinaspark.udf.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an {@code .npy} file (numpy, {@code numpy.lib.format}): six bytes that name it, two
 * of its version, the length of a Python dictionary as two bytes (version 1) or four (2 and 3),
 * least first, and the dictionary.
 *
 * @param type what the elements are
 * @param order of the bytes of each
 * @param columnMajor whether the first axis is the fastest
 * @param shape length of each axis
 * @param length bytes before the first element
 */
record NpyHeader(
    StoredType type, ByteOrder order, boolean columnMajor, List<Long> shape, int length) {

  /** Bytes that are enough to read any header of numbers; one has 118 or 128. */
  static final int LONGEST = 1 << 14;

  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(ISO_8859_1);
  private static final int VERSION_AT = MAGIC.length;
  private static final int LENGTH_AT = VERSION_AT + 2;

  /** As numpy writes it, and no expression beyond. */
  private static final Pattern DICTIONARY =
      Pattern.compile(
          "\\{'descr': '([<>|=])([a-zA-Z]\\d{1,4})', 'fortran_order': (True|False),"
              + " 'shape': \\(([0-9L, ]*)\\), ?\\}\\s*");

  private static final Map<String, StoredType> TYPES =
      Map.of(
          "f8", StoredType.FLOAT64,
          "f4", StoredType.FLOAT32,
          "f2", StoredType.FLOAT16,
          "i8", StoredType.INT64,
          "i4", StoredType.INT32,
          "i2", StoredType.INT16,
          "i1", StoredType.INT8,
          "u1", StoredType.UINT8,
          "b1", StoredType.BOOL);

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads the header at the start of a file.
   *
   * @param start the first bytes of the file, {@link #LONGEST} of them or all
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static NpyHeader of(byte[] start) {
    if (start.length < LENGTH_AT + Integer.BYTES
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalArgumentException("is no .npy file");
    }
    ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    int version = start[VERSION_AT];
    if (version < 1 || version > 3) {
      throw new IllegalArgumentException("is an .npy of version %d, not 1 to 3".formatted(version));
    }
    int from = LENGTH_AT + (version == 1 ? Short.BYTES : Integer.BYTES);
    int length =
        version == 1 ? Short.toUnsignedInt(bytes.getShort(LENGTH_AT)) : bytes.getInt(LENGTH_AT);
    if (length < 0 || length > start.length - from) {
      throw new IllegalArgumentException("has an .npy header that is cut or too long");
    }
    return parsed(new String(start, from, length, ISO_8859_1), from + length);
  }

  private static NpyHeader parsed(String dictionary, int length) {
    Matcher header = DICTIONARY.matcher(dictionary);
    if (!header.matches()) {
      throw new IllegalArgumentException(
          "has elements that are no plain numbers, or a header that numpy doesn't write: "
              + dictionary.strip());
    }
    StoredType type = TYPES.get(header.group(2));
    if (type == null) {
      throw new IllegalArgumentException(
          "has elements of type '%s', which are not read: save it as float32"
              .formatted(header.group(2)));
    }
    ByteOrder order = header.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    List<Long> shape =
        Arrays.stream(header.group(4).split("[L, ]+"))
            .filter(number -> !number.isEmpty())
            .map(NpyHeader::number)
            .toList();
    return new NpyHeader(type, order, header.group(3).equals("True"), shape, length);
  }

  private static Long number(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException huge) {
      throw new IllegalArgumentException("has an axis of " + digits + " elements", huge);
    }
  }

  /**
   * Where the elements lie.
   *
   * @throws IllegalArgumentException if the shape is none
   */
  StridedView view() {
    return columnMajor ? StridedView.columnMajor(shape) : StridedView.rowMajor(shape);
  }
}
