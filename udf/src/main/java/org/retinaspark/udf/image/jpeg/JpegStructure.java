package org.retinaspark.udf.image.jpeg;

import java.util.List;
import java.util.function.ToIntFunction;
import org.retinaspark.udf.image.DecodeException;

/**
 * What the markers of a JPEG file say.
 *
 * @param content the file with what engines would have to guess: the standard Huffman tables where
 *     it has none. Shared, not copied: nobody writes to it
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param colour what the components mean
 * @param sampling how densely each component is stored, in file order
 * @param complete whether an end-of-image marker follows the scans
 * @param metadata the application and comment segments before the first scan, in file order
 */
public record JpegStructure(
    byte[] content,
    int width,
    int height,
    Colour colour,
    List<Sampling> sampling,
    boolean complete,
    List<Segment> metadata) {

  private static final int INKS = 4;

  /** Colour spaces that libjpeg tells apart. */
  public enum Colour {
    GREY(1),
    RGB(3),
    YCC(3),
    CMYK(4),
    YCCK(4);

    private final int components;

    Colour(int components) {
      this.components = components;
    }

    /** Samples a pixel. */
    public int components() {
      return components;
    }
  }

  /**
   * The sampling factors of a component; the largest of all components mean full resolution.
   *
   * @param horizontal samples across in a unit
   * @param vertical samples down in a unit
   */
  record Sampling(int horizontal, int vertical) {}

  /**
   * A marker segment.
   *
   * @param marker the second byte of the marker, such as 0xE1 for APP1
   * @param start where its 0xFF stands
   * @param end the first byte after it
   */
  public record Segment(int marker, int start, int end) {

    /** Marker (2 bytes) and length (2 bytes). */
    static final int HEADER = 4;

    /** The first byte after marker and length. */
    public int payload() {
      return start + HEADER;
    }
  }

  /** Whether the samples are four inks. */
  boolean isInks() {
    return colour.components() == INKS;
  }

  /**
   * Checks the size that a library found.
   *
   * @throws DecodeException {@code corrupt} if it isn't that of the markers, so that the pixels
   *     would not be those that there is room for
   */
  void checkSize(int foundWidth, int foundHeight) throws DecodeException {
    if (foundWidth != width || foundHeight != height) {
      throw DecodeException.corrupt(
          "the JPEG's header says %dx%d, the library found %dx%d: its pixels can't be told"
              .formatted(width, height, foundWidth, foundHeight));
    }
  }

  /** Whether a component has a sample for each column, but only for every second row (4:4:0). */
  boolean isHalfHeight(int component) {
    Sampling one = sampling.get(component);
    return one.horizontal() == largest(Sampling::horizontal)
        && 2 * one.vertical() == largest(Sampling::vertical);
  }

  private int largest(ToIntFunction<Sampling> factor) {
    return sampling.stream().mapToInt(factor).max().orElse(1);
  }

  /** Reads the markers of a file; see {@link JpegMarkers}. */
  public static JpegStructure of(byte[] content) throws DecodeException {
    return new JpegMarkers(content).read();
  }
}
