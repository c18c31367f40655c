package org.retinaspark.job.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.retinaspark.udf.image.ImageFormat;
import org.retinaspark.udf.image.heif.HeifDecoder;
import org.retinaspark.udf.image.jpeg.JpegEngine;
import org.retinaspark.udf.image.webp.WebpDecoder;

/**
 * The system's libraries that decode images, as the job itself finds them.
 *
 * @param turboJpeg whether libturbojpeg was loaded
 * @param libWebp whether libwebp was
 * @param heifObstacles by format what keeps libheif from decoding it; empty if nothing does
 */
record DecoderCheck(
    boolean turboJpeg, boolean libWebp, Map<ImageFormat, HeifDecoder.Obstacle> heifObstacles)
    implements Check {

  private static final String INSTALL =
      "install it on every machine (Debian: apt-get install %s), or set jna.library.path";

  static DecoderCheck here() {
    Map<ImageFormat, HeifDecoder.Obstacle> obstacles = new TreeMap<>();
    for (ImageFormat format : List.of(ImageFormat.HEIC, ImageFormat.AVIF)) {
      HeifDecoder.obstacle(format).ifPresent(obstacle -> obstacles.put(format, obstacle));
    }
    return new DecoderCheck(
        JpegEngine.fastest() == JpegEngine.TURBOJPEG, WebpDecoder.isAvailable(), obstacles);
  }

  @Override
  public String subject() {
    return "decoders";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        turboJpeg
            ? Finding.ok("libturbojpeg", "decodes JPEG")
            : Finding.warning(
                "libturbojpeg",
                "can't be loaded",
                "JPEG is decoded by the JDK, to the same pixels but two to four times as slow",
                INSTALL.formatted("libturbojpeg0")));
    findings.add(
        libWebp
            ? Finding.ok("libwebp", "decodes WebP")
            : Finding.warning(
                "libwebp",
                "can't be loaded",
                "WebP is decoded by a Java reader: coarser chroma, some lossless files wrong",
                INSTALL.formatted("libwebp7")));
    if (heifObstacles.isEmpty()) {
      findings.add(Finding.ok("libheif", "decodes HEIC and AVIF"));
    }
    heifObstacles.forEach(
        (format, obstacle) ->
            findings.add(
                Finding.warning(
                    "libheif",
                    obstacle.reason(),
                    "files of %s become failed rows (decode/unsupported)".formatted(format.label()),
                    obstacle.remedy())));
    return findings;
  }
}
