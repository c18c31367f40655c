package org.retinaspark.udf.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.util.Iterator;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The ImageIO reader of each format, chosen by name. ImageIO's own choice depends on what else is
 * on the class path and on the class loader of the thread that asked first: on a Spark executor the
 * TwelveMonkeys readers sit in a class loader that ImageIO does not scan.
 */
final class ReaderProviders {

  private static final String JDK_READERS = "com.sun.imageio.plugins.";

  /** The registry is not safe for concurrent use, so it is read once, by the class initialiser. */
  private static final ImageReaderSpi JPEG = ofJdk("jpeg");

  private static final ImageReaderSpi PNG = ofJdk("png");
  private static final ImageReaderSpi GIF = ofJdk("gif");
  private static final ImageReaderSpi BMP = new BMPImageReaderSpi();
  private static final ImageReaderSpi TIFF = new TIFFImageReaderSpi();
  private static final ImageReaderSpi WEBP = new WebPImageReaderSpi();

  private ReaderProviders() {}

  static ImageReaderSpi of(ImageFormat format) {
    return switch (format) {
      case JPEG -> JPEG;
      case PNG -> PNG;
      case GIF -> GIF;
      case BMP -> BMP;
      case TIFF -> TIFF;
      case WEBP -> WEBP;
      case HEIC, AVIF -> throw new IllegalArgumentException("no ImageIO reader of " + format);
    };
  }

  private static ImageReaderSpi ofJdk(String plugin) {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                provider -> provider.getClass().getName().startsWith(JDK_READERS + plugin + "."),
                false);
    if (!providers.hasNext()) {
      throw new IllegalStateException(
          "this Java runtime has no reader for "
              + plugin
              + ": java.desktop is missing or incomplete");
    }
    return providers.next();
  }
}
