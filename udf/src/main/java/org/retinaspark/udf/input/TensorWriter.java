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
    switch (format.layout()) {
      case PLANES -> write(image, new PlaneRows(format, placement, tensor.asFloatBuffer()));
      case INTERLEAVED ->
          write(image, new InterleavedRows(format, placement, tensor.asFloatBuffer()));
      case PIXELS -> writeBytes(image, (row, bgr) -> tensor.put(row * bgr.length, bgr));
    }
  }

  private void write(Pixels image, FloatSink sink) {
    if (isResized(image)) {
      writeLevels(image, sink);
    } else {
      // The value of each level is known before.
      writeBytes(image, sink);
    }
  }

  private void writeLevels(Pixels image, FloatSink sink) {
    ResizedLevels source = new ResizedLevels(image, across(image), down(image));
    float[][] levels = new float[Pixels.CHANNELS][placement.tensorWidth()];
    for (int row = 0; row < placement.contentHeight(); row++) {
      source.copy(row, levels);
      sink.put(row, levels);
    }
    for (float[] black : levels) {
      Arrays.fill(black, 0);
    }
    for (int row = placement.contentHeight(); row < placement.tensorHeight(); row++) {
      sink.put(row, levels);
    }
  }

  private void writeBytes(Pixels image, RowSink sink) {
    RowSource source = source(image);
    byte[] bgr = new byte[placement.tensorWidth() * Pixels.CHANNELS];
    for (int row = 0; row < placement.contentHeight(); row++) {
      source.copy(row, bgr);
      sink.put(row, bgr);
    }
    Arrays.fill(bgr, (byte) 0);
    for (int row = placement.contentHeight(); row < placement.tensorHeight(); row++) {
      sink.put(row, bgr);
    }
  }

  private boolean isResized(Pixels image) {
    return placement.contentWidth() != image.width() || placement.contentHeight() != image.height();
  }

  private LinearResize across(Pixels image) {
    LinearResize across = LinearResize.between(image.width(), placement.contentWidth());
    return isMirrored() ? across.mirrored() : across;
  }

  private LinearResize down(Pixels image) {
    return LinearResize.between(image.height(), placement.contentHeight());
  }

  private boolean isMirrored() {
    return placement.flip() == Flip.HORIZONTAL;
  }

  private RowSource source(Pixels image) {
    if (isResized(image)) {
      return new ResizedRows(image, across(image), down(image));
    }
    int length = image.width() * Pixels.CHANNELS;
    return (row, bgr) -> {
      System.arraycopy(image.bgr(), row * length, bgr, 0, length);
      if (isMirrored()) {
        reverse(bgr, image.width());
      }
    };
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

  /** Where rows of an image come from, as they lie in the tensor. */
  interface RowSource {

    /** Copies a row to the front of an array. */
    void copy(int row, byte[] bgr);
  }

  /** Where rows of the tensor go. */
  interface RowSink {

    /** Writes a row of BGR pixels, as wide as the tensor. */
    void put(int row, byte[] bgr);
  }

  /** Where rows of a tensor of floats go. */
  interface FloatSink extends RowSink {

    /**
     * Writes a row.
     *
     * @param levels of blue, green and red from 0 to 255, as many as the tensor is wide
     */
    void put(int row, float[][] levels);
  }
}
