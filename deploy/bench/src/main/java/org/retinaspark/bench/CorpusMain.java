package org.retinaspark.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.DecodedImage;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.image.decode.ImageDecoder;

/**
 * Decodes files as the job does and prints what came of each, for {@code deploy/corpus/compare}: a
 * path a line in, a line with tabs out, of the same order.
 */
public final class CorpusMain {

  private CorpusMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (BufferedReader paths =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT)) {
      for (String path = paths.readLine(); path != null; path = paths.readLine()) {
        out.println(outcome(decoder, Files.readAllBytes(Path.of(path))));
      }
    }
  }

  /** {@code ok WIDTH HEIGHT RED GREEN BLUE WARNINGS} or {@code CODE MESSAGE}. */
  private static String outcome(ImageDecoder decoder, byte[] content) {
    try {
      DecodedImage image = decoder.decode(content);
      double[] means = means(image.pixels());
      return String.format(
          Locale.ROOT,
          "ok\t%d\t%d\t%.3f\t%.3f\t%.3f\t%s",
          image.width(),
          image.height(),
          means[2],
          means[1],
          means[0],
          String.join(",", image.warnings()));
    } catch (DecodeException e) {
      return e.code() + "\t" + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
  }

  private static double[] means(Pixels pixels) {
    long[] sums = new long[Pixels.CHANNELS];
    int samples = pixels.width() * pixels.height() * Pixels.CHANNELS;
    for (int i = 0; i < samples; i++) {
      sums[i % Pixels.CHANNELS] += Byte.toUnsignedInt(pixels.bgr()[i]);
    }
    double[] means = new double[Pixels.CHANNELS];
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] = (double) sums[channel] * Pixels.CHANNELS / samples;
    }
    return means;
  }
}
