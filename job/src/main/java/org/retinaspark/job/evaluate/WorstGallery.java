package org.retinaspark.job.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.FileLocation;
import org.retinaspark.job.measures.WorstImages.Worst;
import org.retinaspark.job.page.HtmlPage;
import org.retinaspark.job.preview.Thumbnail;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.image.decode.ImageDecoder;

/** The images with the most errors as HTML, each a small JPEG with its boxes drawn over it. */
final class WorstGallery {

  /** Ground truth is in the frame of the stored pixels. */
  private static final DecodeSettings AS_STORED =
      new DecodeSettings(Orientation.IGNORE, DecodeSettings.DEFAULT_MAX_PIXELS);

  private static final int MOST_BYTES = 1 << 27;

  private final String input;
  private final Configuration configuration;

  WorstGallery(String input, Configuration configuration) {
    this.input = input;
    this.configuration = configuration;
  }

  String html(List<Worst> worst) throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<p>Orange: missed faces. Red: false positives. Green: found.</p>");
    for (Worst image : worst) {
      html.append(
          "<figure>%s<figcaption>%s: %d missed, %d false</figcaption></figure>"
              .formatted(
                  picture(image),
                  HtmlPage.escape(image.image()),
                  image.misses(),
                  image.falsePositives()));
    }
    return html.toString();
  }

  private String picture(Worst image) throws IOException {
    FileLocation location = FileLocation.of(input + "/" + image.image(), configuration);
    Path path = location.path();
    if (!location.files().exists(path)) {
      return "<p>not at %s</p>".formatted(HtmlPage.escape(path.toString()));
    }
    try (InputStream stream = location.files().open(path);
        ImageDecoder decoder = ImageDecoder.open(AS_STORED)) {
      Pixels pixels = decoder.decode(stream.readNBytes(MOST_BYTES)).pixels();
      StringBuilder svg = new StringBuilder();
      svg.append(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"><image width=\"%d\" height=\"%d\" href=\"%s\"/>"
              .formatted(
                  pixels.width(),
                  pixels.height(),
                  pixels.width(),
                  pixels.height(),
                  Thumbnail.address(pixels)));
      boxes(svg, image.missed(), "#f80");
      boxes(svg, image.wrong(), "#e00");
      boxes(svg, image.right(), "#0b0");
      return svg.append("</svg>").toString();
    } catch (DecodeException failure) {
      return "<p>%s can't be shown: %s</p>"
          .formatted(
              HtmlPage.escape(path.toString()),
              HtmlPage.escape(String.valueOf(failure.getMessage())));
    }
  }

  private static void boxes(StringBuilder svg, double[] boxes, String colour) {
    for (int i = 0; i < boxes.length; i += 4) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\""
                  + " stroke=\"%s\" stroke-width=\"2\"/>",
              boxes[i],
              boxes[i + 1],
              Math.max(0, boxes[i + 2]),
              Math.max(0, boxes[i + 3]),
              colour));
    }
  }
}
