package org.retinaspark.udf.image.jpeg;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The Huffman tables that a file defines before its first scan, and the standard ones (ITU-T T.81,
 * annex K.3.3) for those that it doesn't: frames of Motion-JPEG leave them out. Some versions of
 * libjpeg fill them in by themselves, others fail, so no engine is left to it.
 */
final class HuffmanTables {

  private static final int LENGTHS = 16;

  /** Class (0 for DC, 1 for AC) in the high half, number in the low one, as DHT has it. */
  private static final Map<Integer, JPEGHuffmanTable> STANDARD = new LinkedHashMap<>();

  static {
    STANDARD.put(0x00, JPEGHuffmanTable.StdDCLuminance);
    STANDARD.put(0x10, JPEGHuffmanTable.StdACLuminance);
    STANDARD.put(0x01, JPEGHuffmanTable.StdDCChrominance);
    STANDARD.put(0x11, JPEGHuffmanTable.StdACChrominance);
  }

  private final Map<Integer, JPEGHuffmanTable> missing = new LinkedHashMap<>(STANDARD);

  /** Notes the tables of a DHT segment. */
  void define(byte[] content, int payload, int end) {
    int position = payload;
    while (position + LENGTHS < end) {
      missing.remove(Byte.toUnsignedInt(content[position]));
      int values = 0;
      for (int i = 1; i <= LENGTHS; i++) {
        values += Byte.toUnsignedInt(content[position + i]);
      }
      position += 1 + LENGTHS + values;
    }
  }

  /** A DHT segment with the standard tables for those that were not defined; empty if all were. */
  byte[] standardForMissing() {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    if (missing.isEmpty()) {
      return segment.toByteArray();
    }
    int length = 2;
    for (JPEGHuffmanTable table : missing.values()) {
      length += 1 + LENGTHS + table.getValues().length;
    }
    segment.write(0xFF);
    segment.write(JpegMarkers.DHT);
    segment.write(length >> 8);
    segment.write(length);
    missing.forEach(
        (number, table) -> {
          segment.write(number);
          short[] counts = table.getLengths();
          for (int i = 0; i < LENGTHS; i++) {
            segment.write(i < counts.length ? counts[i] : 0);
          }
          for (short value : table.getValues()) {
            segment.write(value);
          }
        });
    return segment.toByteArray();
  }
}
