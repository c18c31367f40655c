package org.retinaspark.udf.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.crop.AlignmentTemplate;
import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.image.decode.ImageDecoder;

/**
 * Crops are those of OpenCV's warpAffine by the same landmarks, as {@code crop/aligned.py} makes
 * them. That rounds places to 1/32 of a pixel: on a photo whose levels differ by up to 40 from
 * pixel to pixel the levels may differ by 2, and by less than a half in the mean.
 */
class AlignedCropGoldenTest {

  private static final int LARGEST = 2;
  private static final double MEAN = 0.5;

  @ParameterizedTest
  @MethodSource("faces")
  void cropIsThatOfOpenCv(String face) throws IOException, DecodeException {
    String[] row = face.split(",", -1);
    int size = Integer.parseInt(row[1]);
    List<Point> landmarks = new ArrayList<>();
    for (int at = 2; at < row.length; at += 2) {
      landmarks.add(new Point(Float.parseFloat(row[at]), Float.parseFloat(row[at + 1])));
    }
    Pixels photo = pixels("aligned_photo.png");
    Pixels expected = pixels("aligned_" + row[0] + ".png");

    Similarity alignment = AlignmentTemplate.ARCFACE.sized(size).alignment(landmarks).orElseThrow();
    Pixels crop = new Warp(alignment, size, photo.width(), photo.height()).apply(photo);

    long sum = 0;
    int largest = 0;
    for (int at = 0; at < size * size * Pixels.CHANNELS; at++) {
      int difference = Math.abs((crop.bgr()[at] & 0xff) - (expected.bgr()[at] & 0xff));
      sum += difference;
      largest = Math.max(largest, difference);
    }
    assertThat(largest).isLessThanOrEqualTo(LARGEST);
    assertThat((double) sum / (size * size * Pixels.CHANNELS)).isLessThan(MEAN);
  }

  static Stream<String> faces() throws IOException {
    return new String(bytes("aligned.csv"), StandardCharsets.UTF_8).lines();
  }

  private static Pixels pixels(String name) throws IOException, DecodeException {
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT)) {
      return decoder.decode(bytes(name)).pixels();
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(AlignmentTemplate.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
