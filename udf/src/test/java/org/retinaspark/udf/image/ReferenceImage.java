package org.retinaspark.udf.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One image of {@code make_golden.py} and what an independent decoder makes of it.
 *
 * @param tolerance the largest allowed mean difference of the samples; 0 for the same pixels
 */
record ReferenceImage(String name, int width, int height, int orientation, double tolerance) {

  static Stream<ReferenceImage> all() {
    return listed("golden.tsv");
  }

  /** HEIC and AVIF, of {@code make_heif_golden.py}; they need libheif. */
  static Stream<ReferenceImage> heifs() {
    return listed("heif.tsv");
  }

  private static Stream<ReferenceImage> listed(String table) {
    return new String(resource(table), StandardCharsets.UTF_8)
        .lines()
        .map(
            line -> {
              List<String> fields = List.of(line.split("\t", -1));
              return new ReferenceImage(
                  fields.get(0),
                  Integer.parseInt(fields.get(1)),
                  Integer.parseInt(fields.get(2)),
                  Integer.parseInt(fields.get(3)),
                  Double.parseDouble(fields.get(4)));
            });
  }

  static Stream<ReferenceImage> jpegs() {
    return all().filter(golden -> golden.name.endsWith(".jpg"));
  }

  byte[] content() {
    return resource(name);
  }

  byte[] bgr() {
    return resource(name + ".bgr");
  }

  static byte[] resource(String name) {
    try (InputStream stream = ReferenceImage.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
