package org.retinaspark.udf.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.retinaspark.udf.graph.InvalidModelException;

/** What a file from a stranger may say. */
final class HostileTfliteTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final byte[] FILE = TinyTflite.file();

  private static final int[] EXTREMES = {
    0, 1, -1, 4, 127, 128, 255, 256, 1 << 16, 1 << 26, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  @Property(tries = 300, seed = "20260101")
  void noiseIsNoModel(@ForAll @Size(max = 400) byte[] noise) {
    assertOurs(noise);
  }

  @Example
  void everyCutIsSaid() {
    for (int length = 0; length < FILE.length; length += length < 1000 ? 1 : 31) {
      byte[] cut = Arrays.copyOf(FILE, length);
      assertThat(catchThrowable(() -> TfliteImport.onnx(cut, "a.tflite", Map.of())))
          .as("cut at %d", length)
          .isInstanceOf(InvalidModelException.class);
    }
  }

  /** Offsets, lengths, shapes, codes and options, all over a valid file; no native code is run. */
  @Property(tries = 1000, seed = "20260102")
  void wordsThatLieGiveAModelOrAClearError(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] file = FILE.clone();
    ByteBuffer words = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int lies = 1 + random.nextInt(3); lies > 0; lies--) {
      int at = random.nextInt(file.length - Integer.BYTES);
      switch (random.nextInt(3)) {
        case 0 -> file[at] = (byte) random.nextInt();
        case 1 -> words.putInt(at, EXTREMES[random.nextInt(EXTREMES.length)]);
        default -> words.putInt(at, random.nextInt(file.length));
      }
    }
    assertOurs(file);
  }

  @Example
  void aBitMayLieAnywhere() {
    int refused = 0;
    for (int at = 0; at < FILE.length; at += 41) {
      byte[] file = FILE.clone();
      file[at] ^= (byte) (1 << (at % 8));
      if (assertOurs(file)) {
        refused++;
      }
    }
    assertThat(refused).as("files that were refused").isGreaterThan(40);
  }

  /** Whether it was refused. */
  private static boolean assertOurs(byte[] file) {
    Throwable thrown =
        assertTimeoutPreemptively(
            PATIENCE, () -> catchThrowable(() -> TfliteImport.onnx(file, "a.tflite", Map.of())));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(InvalidModelException.class);
      assertThat(thrown).message().startsWith("model 'a.tflite' can't be used: ");
    }
    return thrown != null;
  }
}
