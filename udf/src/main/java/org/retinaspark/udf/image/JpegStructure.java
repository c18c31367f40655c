package org.retinaspark.udf.image;

import java.util.List;

/**
 * What the markers of a JPEG file say.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param colour what the components mean
 * @param complete whether an end-of-image marker follows the scans
 * @param metadata the application and comment segments before the first scan, in file order
 */
record JpegStructure(
    int width, int height, Colour colour, boolean complete, List<Segment> metadata) {

  /** Colour spaces that libjpeg tells apart. */
  enum Colour {
    GREY(1),
    RGB(3),
    YCC(3),
    CMYK(4),
    YCCK(4);

    private final int components;

    Colour(int components) {
      this.components = components;
    }

    int components() {
      return components;
    }
  }

  /**
   * A marker segment.
   *
   * @param marker the second byte of the marker, such as 0xE1 for APP1
   * @param start where its 0xFF stands
   * @param end the first byte after it
   */
  record Segment(int marker, int start, int end) {

    /** Marker (2 bytes) and length (2 bytes). */
    static final int HEADER = 4;

    int payload() {
      return start + HEADER;
    }
  }

  /** Reads the markers of a file; see {@link JpegMarkers}. */
  static JpegStructure of(byte[] content) throws DecodeException {
    return new JpegMarkers(content).read();
  }
}
