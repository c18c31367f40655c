package org.retinaspark.udf.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

/**
 * A square that is cut out of an image, turned and resized by bilinear interpolation, black where
 * it reaches past the image: what OpenCV's {@code warpAffine} does with {@code INTER_LINEAR} and a
 * constant border, but with exact positions. The outermost half pixel of the image fades to black.
 *
 * <p>Pixel (column, row) of the crop has its centre at (column + 0.5, row + 0.5) of the crop's
 * continuous coordinates, and a pixel of the image likewise; the similarity is between those.
 *
 * @param toCrop takes coordinates of the image's frame to those of the crop
 * @param pixels side of the crop
 * @param frameWidth columns of the frame, which may have been decoded to fewer
 * @param frameHeight rows of the frame, likewise
 */
public record Warp(Similarity toCrop, int pixels, int frameWidth, int frameHeight) {

  /** Larger crops than any network takes or anybody asks for. */
  private static final int MOST_PIXELS = 8192;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a side is not positive, or the crop's is over 8192
   */
  public Warp {
    if (pixels < 1 || pixels > MOST_PIXELS || frameWidth < 1 || frameHeight < 1) {
      throw new IllegalArgumentException(
          "a crop of %dx%d pixels can't be cut out of a frame of %dx%d; the crop may have 1 to %d"
              .formatted(pixels, pixels, frameWidth, frameHeight, MOST_PIXELS));
    }
  }

  /**
   * Writes the crop into a network input.
   *
   * @param image the decoded frame, in as many pixels as there are
   * @param tensor where the bytes of one input are written, from index 0 on and in native byte
   *     order whatever the order of the buffer
   */
  public void fill(Pixels image, InputFormat format, ByteBuffer tensor) {
    ByteBuffer bytes = tensor.duplicate().clear().order(ByteOrder.nativeOrder());
    Placement whole = new Placement(pixels, pixels, pixels, pixels, pixels, pixels, Flip.NONE);
    switch (format.layout()) {
      case PLANES -> write(image, new PlaneRows(format, whole, bytes.asFloatBuffer()));
      case INTERLEAVED -> write(image, new InterleavedRows(format, whole, bytes.asFloatBuffer()));
      case PIXELS -> bytes.put(0, apply(image).bgr());
    }
  }

  private void write(Pixels image, TensorWriter.FloatSink sink) {
    WarpedRows rows = new WarpedRows(image, this);
    float[][] levels = new float[Pixels.CHANNELS][pixels];
    for (int row = 0; row < pixels; row++) {
      rows.copy(row, levels);
      sink.put(row, levels);
    }
  }

  /**
   * The crop as an image, rounded to whole levels.
   *
   * @param image the decoded frame, in as many pixels as there are
   */
  public Pixels apply(Pixels image) {
    WarpedRows rows = new WarpedRows(image, this);
    float[][] levels = new float[Pixels.CHANNELS][pixels];
    byte[] bgr = new byte[pixels * pixels * Pixels.CHANNELS];
    int at = 0;
    for (int row = 0; row < pixels; row++) {
      rows.copy(row, levels);
      for (int column = 0; column < pixels; column++) {
        for (float[] colour : levels) {
          bgr[at++] = (byte) (colour[column] + 0.5f);
        }
      }
    }
    return new Pixels(pixels, pixels, bgr);
  }
}
