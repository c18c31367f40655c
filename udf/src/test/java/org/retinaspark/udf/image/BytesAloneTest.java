package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.jpeg.Engines;
import org.retinaspark.udf.image.jpeg.JpegEngine;

/**
 * What a file becomes follows from its bytes alone: one decoder and one pool, as a task has them,
 * give for files in any order what a new decoder gives for each, damaged files among them.
 */
class BytesAloneTest {

  private static final int DAMAGED = 4;
  private static final long POOL_BYTES = 1 << 20;

  private static final List<byte[]> FILES = files();

  /** What came of a file; pixels are compared by value, so they are text. */
  private record Outcome(String image, String pixels) {}

  private static List<byte[]> files() {
    List<byte[]> files = new ArrayList<>();
    Stream.concat(ReferenceImage.all(), ReferenceImage.heifs())
        .forEach(
            golden -> {
              files.add(golden.content());
              for (int i = 0; i < DAMAGED; i++) {
                files.add(HostileImages.flipped(golden.content(), golden.name().hashCode() + i));
              }
              files.add(Arrays.copyOf(golden.content(), golden.content().length * 2 / 3));
            });
    ReferenceImage.jpegs()
        .forEach(
            golden -> {
              files.add(JpegSegments.without(golden.content(), JpegSegments.DHT));
              files.add(JpegSegments.without(golden.content(), JpegSegments.DQT));
            });
    return files;
  }

  @Property(tries = 5)
  void anyOrderGivesTheSame(@ForAll long seed, @ForAll JpegEngine engine) throws Exception {
    Assumptions.assumeTrue(engine == JpegEngine.IMAGEIO || Engines.hasTurboJpeg());
    List<byte[]> shuffled = new ArrayList<>(FILES);
    Collections.shuffle(shuffled, new Random(seed));
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine);
        PixelPool pool = new PixelPool(POOL_BYTES)) {
      for (byte[] file : shuffled) {
        assertThat(outcome(decoder, pool, file)).isEqualTo(alone(file, engine));
      }
    }
  }

  private static Outcome alone(byte[] file, JpegEngine engine) throws InterruptedException {
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine);
        PixelPool pool = new PixelPool(POOL_BYTES)) {
      return outcome(decoder, pool, file);
    }
  }

  private static Outcome outcome(ImageDecoder decoder, PixelPool pool, byte[] file)
      throws InterruptedException {
    try {
      DecodedImage image = decoder.decode(file);
      try (PixelLease lease = pool.keep(image.pixels())) {
        Pixels kept = lease.pixels();
        int length = kept.width() * kept.height() * Pixels.CHANNELS;
        return new Outcome(
            image.width() + "x" + image.height() + image.warnings(),
            Arrays.toString(Arrays.copyOf(kept.bgr(), length)));
      }
    } catch (DecodeException e) {
      return new Outcome(e.code() + ": " + e.getMessage(), "");
    }
  }
}
