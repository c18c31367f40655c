package org.retinaspark.udf.image.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SinglePixelPackedSampleModel;
import org.retinaspark.udf.image.Cmyk;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.Pixels;

/**
 * Samples of a raster to BGR, as OpenCV's {@code IMREAD_COLOR} would have them. The colour model
 * only says what a sample is (grey, red, ink, palette index); its profile is not applied.
 */
final class RasterPixels {

  private static final int CHANNELS = Pixels.CHANNELS;
  private static final int SAMPLE_BITS = 8;
  private static final int MAX = 255;
  private static final int INKS = 4;

  private final Raster raster;
  private final int width;
  private final int height;

  private RasterPixels(Raster raster) {
    this.raster = raster;
    this.width = raster.getWidth();
    this.height = raster.getHeight();
  }

  /**
   * The pixels of an image.
   *
   * @throws DecodeException {@code unsupported} for samples that are no grey, RGB or CMYK integers
   */
  static Pixels of(BufferedImage image) throws DecodeException {
    RasterPixels pixels = new RasterPixels(image.getRaster());
    ColorModel model = image.getColorModel();
    return new Pixels(pixels.width, pixels.height, pixels.bgr(model));
  }

  /**
   * The pixels of an image with a palette.
   *
   * @param behind the colour that shows through the transparent entry, as 0xRRGGBB
   */
  static Pixels of(BufferedImage image, int behind) throws DecodeException {
    if (!(image.getColorModel() instanceof IndexColorModel model)) {
      return of(image);
    }
    int[] palette = palette(model);
    if (model.getTransparentPixel() >= 0) {
      palette[model.getTransparentPixel()] = behind;
    }
    RasterPixels pixels = new RasterPixels(image.getRaster());
    return new Pixels(pixels.width, pixels.height, pixels.looked(palette));
  }

  private byte[] bgr(ColorModel model) throws DecodeException {
    if (model instanceof IndexColorModel indexed) {
      return looked(palette(indexed));
    }
    int type = raster.getTransferType();
    if (type != DataBuffer.TYPE_BYTE
        && type != DataBuffer.TYPE_USHORT
        && type != DataBuffer.TYPE_INT) {
      throw unsupported("samples of data type " + type);
    }
    int bands = raster.getNumBands();
    int colours = model.getColorSpace().getType();
    return switch (colours) {
      case ColorSpace.TYPE_GRAY -> interleaved(model, new int[] {0, 0, 0});
      case ColorSpace.TYPE_RGB -> {
        if (bands < CHANNELS) {
          throw unsupported(bands + " samples a pixel for red, green and blue");
        }
        yield interleaved(model, new int[] {2, 1, 0});
      }
      case ColorSpace.TYPE_CMYK -> {
        if (bands < INKS) {
          throw unsupported(bands + " samples a pixel for four inks");
        }
        yield inks(model);
      }
      default -> throw unsupported("colour space type " + colours);
    };
  }

  private static DecodeException unsupported(String what) {
    return DecodeException.unsupported(
        "the image has %s; grey, RGB and CMYK of integer samples are decoded; convert it"
            .formatted(what));
  }

  /** All values that an index can take; those past the palette are black. */
  private static int[] palette(IndexColorModel model) {
    int[] palette = new int[Math.max(model.getMapSize(), 1 << model.getPixelSize())];
    model.getRGBs(palette);
    return palette;
  }

  private byte[] looked(int[] palette) {
    byte[] bgr = new byte[width * height * CHANNELS];
    int[] row = new int[width * raster.getNumBands()];
    int step = raster.getNumBands();
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < row.length; x += step, to += CHANNELS) {
        int rgb = palette[row[x]];
        bgr[to] = (byte) rgb;
        bgr[to + 1] = (byte) (rgb >> 8);
        bgr[to + 2] = (byte) (rgb >> 16);
      }
    }
    return bgr;
  }

  /**
   * Picks a band for each of blue, green and red.
   *
   * @param bands the bands, in the order blue, green, red
   */
  private byte[] interleaved(ColorModel model, int[] bands) {
    if (raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getNumBanks() == 1
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
        && model.getComponentSize(0) == SAMPLE_BITS) {
      return bytes(buffer, layout, bands);
    }
    byte[] bgr = new byte[width * height * CHANNELS];
    int[] row = new int[width * raster.getNumBands()];
    int step = raster.getNumBands();
    int to = 0;
    for (int y = 0; y < height; y++) {
      readRow(y, model, row);
      for (int x = 0; x < row.length; x += step, to += CHANNELS) {
        bgr[to] = (byte) row[x + bands[0]];
        bgr[to + 1] = (byte) row[x + bands[1]];
        bgr[to + 2] = (byte) row[x + bands[2]];
      }
    }
    return bgr;
  }

  private byte[] bytes(DataBufferByte buffer, PixelInterleavedSampleModel layout, int[] bands) {
    byte[] samples = buffer.getData();
    int[] offsets = layout.getBandOffsets();
    int step = layout.getPixelStride();
    int stride = layout.getScanlineStride();
    int blue = offsets[bands[0]];
    int green = offsets[bands[1]];
    int red = offsets[bands[2]];
    boolean packed = step == CHANNELS && stride == width * CHANNELS && buffer.getOffset() == 0;
    if (packed && blue == 0 && green == 1 && red == 2) {
      return samples;
    }
    byte[] bgr = new byte[width * height * CHANNELS];
    int to = 0;
    for (int y = 0; y < height; y++) {
      int from = buffer.getOffset() + y * stride;
      for (int x = 0; x < width; x++, from += step, to += CHANNELS) {
        bgr[to] = samples[from + blue];
        bgr[to + 1] = samples[from + green];
        bgr[to + 2] = samples[from + red];
      }
    }
    return bgr;
  }

  private byte[] inks(ColorModel model) {
    byte[] bgr = new byte[width * height * CHANNELS];
    int[] row = new int[width * raster.getNumBands()];
    int step = raster.getNumBands();
    int to = 0;
    for (int y = 0; y < height; y++) {
      readRow(y, model, row);
      for (int x = 0; x < row.length; x += step, to += CHANNELS) {
        bgr[to] = Cmyk.light(row[x + 2], row[x + 3]);
        bgr[to + 1] = Cmyk.light(row[x + 1], row[x + 3]);
        bgr[to + 2] = Cmyk.light(row[x], row[x + 3]);
      }
    }
    return bgr;
  }

  /** Reads a row and brings its samples to 8 bits. */
  private void readRow(int y, ColorModel model, int[] row) {
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
    int step = raster.getNumBands();
    boolean packed = raster.getSampleModel() instanceof SinglePixelPackedSampleModel;
    for (int band = 0; band < Math.min(step, model.getNumColorComponents()); band++) {
      int bits = model.getComponentSize(band);
      if (bits > SAMPLE_BITS) {
        for (int i = band; i < row.length; i += step) {
          row[i] >>>= bits - SAMPLE_BITS;
        }
      } else if (bits < SAMPLE_BITS && packed) {
        // 15 and 16 bit BMPs: OpenCV's icvCvt_BGR5552BGR_8u leaves the low bits empty.
        for (int i = band; i < row.length; i += step) {
          row[i] <<= SAMPLE_BITS - bits;
        }
      } else if (bits < SAMPLE_BITS) {
        for (int i = band; i < row.length; i += step) {
          row[i] = row[i] * MAX / ((1 << bits) - 1);
        }
      }
    }
  }
}
