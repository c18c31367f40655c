package org.retinaspark.job.evaluate;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.job.eval.WorstImages.Worst;

/** The images with the most errors as HTML, each a small JPEG with its boxes drawn over it. */
final class WorstGallery {

  private static final int LONG_SIDE = 640;

  private final Path input;
  private final FileSystem files;

  WorstGallery(String input, Configuration configuration) throws IOException {
    this.input = new Path(input);
    this.files = this.input.getFileSystem(configuration);
  }

  String html(List<Worst> worst) throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<p>Orange: missed faces. Red: false positives. Green: found.</p>");
    for (Worst image : worst) {
      html.append(
          "<figure>%s<figcaption>%s: %d missed, %d false</figcaption></figure>"
              .formatted(
                  picture(image),
                  ReportPage.escape(image.image()),
                  image.misses(),
                  image.falsePositives()));
    }
    return html.toString();
  }

  private String picture(Worst image) throws IOException {
    Path path = new Path(input, image.image());
    if (!files.exists(path)) {
      return "<p>not at %s</p>".formatted(ReportPage.escape(path.toString()));
    }
    try (InputStream stream = files.open(path)) {
      BufferedImage pixels = ImageIO.read(stream);
      if (pixels == null) {
        return "<p>%s isn't readable</p>".formatted(ReportPage.escape(path.toString()));
      }
      StringBuilder svg = new StringBuilder();
      svg.append(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"><image width=\"%d\" height=\"%d\" href=\"data:image/jpeg;base64,%s\"/>"
              .formatted(
                  pixels.getWidth(),
                  pixels.getHeight(),
                  pixels.getWidth(),
                  pixels.getHeight(),
                  Base64.getEncoder().encodeToString(small(pixels))));
      boxes(svg, image.missed(), "#f80");
      boxes(svg, image.wrong(), "#e00");
      boxes(svg, image.right(), "#0b0");
      return svg.append("</svg>").toString();
    }
  }

  private static void boxes(StringBuilder svg, double[] boxes, String colour) {
    for (int i = 0; i < boxes.length; i += 4) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
              boxes[i],
              boxes[i + 1],
              Math.max(0, boxes[i + 2]),
              Math.max(0, boxes[i + 3]),
              colour));
    }
  }

  private static byte[] small(BufferedImage pixels) throws IOException {
    double scale =
        Math.min(1, (double) LONG_SIDE / Math.max(pixels.getWidth(), pixels.getHeight()));
    int width = Math.max(1, (int) Math.round(pixels.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(pixels.getHeight() * scale));
    BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = target.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(pixels, 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(target, "jpg", jpeg);
    return jpeg.toByteArray();
  }
}
