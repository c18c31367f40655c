package org.retinaspark.udf.image.jpeg;

/**
 * The libraries that can decode JPEG. They give the same pixels, not at the same speed; only what
 * they fill the gaps of a damaged or truncated file with may differ.
 */
public enum JpegEngine {
  /** libjpeg-turbo through its TurboJPEG interface: two to four times as fast. */
  TURBOJPEG("turbojpeg"),
  /** The reader of the JDK: always there. */
  IMAGEIO("imageio");

  private final String label;

  JpegEngine(String label) {
    this.label = label;
  }

  /** A stable lowercase name, for logs and manifests. */
  public String label() {
    return label;
  }

  /** TurboJPEG where its library can be loaded, else ImageIO. */
  public static JpegEngine fastest() {
    return TurboJpeg.isAvailable() ? TURBOJPEG : IMAGEIO;
  }

  /** A decoder of this library; the caller closes it. */
  public JpegDecoder open() {
    return switch (this) {
      case TURBOJPEG -> new TurboJpegDecoder();
      case IMAGEIO -> new ImageIoJpegDecoder();
    };
  }
}
