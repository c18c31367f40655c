package org.retinaspark.udf.input;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

/**
 * Writes an image into a tensor: resized, mirrored if it is to be, black to its right and below it,
 * in a format.
 */
final class TensorWriter {

  private final InputFormat format;
  private final Placement placement;

  TensorWriter(InputFormat format, Placement placement) {
    this.format = format;
    this.placement = placement;
  }

  /** Writes the tensor's bytes from index 0 on, in the buffer's byte order. */
  void write(Pixels image, ByteBuffer tensor) {
    RowSink sink =
        switch (format.layout()) {
          case PLANES -> new PlaneRows(format, placement, tensor.asFloatBuffer());
          case INTERLEAVED -> new InterleavedRows(format, placement, tensor.asFloatBuffer());
          case PIXELS -> (row, bgr) -> tensor.put(row * bgr.length, bgr);
        };
    RowSource source = source(image);
    byte[] bgr = new byte[placement.tensorWidth() * Pixels.CHANNELS];
    for (int row = 0; row < placement.contentHeight(); row++) {
      source.copy(row, bgr);
      if (placement.flip() == Flip.HORIZONTAL) {
        reverse(bgr, placement.contentWidth());
      }
      sink.put(row, bgr);
    }
    Arrays.fill(bgr, (byte) 0);
    for (int row = placement.contentHeight(); row < placement.tensorHeight(); row++) {
      sink.put(row, bgr);
    }
  }

  /** Turns the first pixels of a row round. */
  private static void reverse(byte[] bgr, int pixels) {
    for (int left = 0, right = pixels - 1; left < right; left++, right--) {
      for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
        byte swapped = bgr[left * Pixels.CHANNELS + channel];
        bgr[left * Pixels.CHANNELS + channel] = bgr[right * Pixels.CHANNELS + channel];
        bgr[right * Pixels.CHANNELS + channel] = swapped;
      }
    }
  }

  private RowSource source(Pixels image) {
    if (placement.contentWidth() != image.width() || placement.contentHeight() != image.height()) {
      return new ResizedRows(image, placement.contentWidth(), placement.contentHeight());
    }
    int length = image.width() * Pixels.CHANNELS;
    return (row, bgr) -> System.arraycopy(image.bgr(), row * length, bgr, 0, length);
  }

  /** Where rows of an image come from, at the size that it has in the tensor. */
  interface RowSource {

    /** Copies a row to the front of an array. */
    void copy(int row, byte[] bgr);
  }

  /** Where rows of the tensor go. */
  interface RowSink {

    /** Writes a row of BGR pixels, as wide as the tensor. */
    void put(int row, byte[] bgr);
  }
}
