package org.retinaspark.udf.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files of each format end in tensors or in the one exception. */
class WeightFuzzTest {

  private static final int FILES = 1500;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contiguous_zip.pth",
        "contiguous_legacy.pth",
        "views_zip.pth",
        "views_legacy.pth",
        "checkpoint.pth",
        "contiguous.safetensors",
        "plain.npz",
        "packed.npz",
        "versions.npz"
      })
  void endsInTensorsOrInTheOneException(String file) {
    byte[] whole = GoldenWeights.bytes(file);
    Random random = new Random(file.hashCode());
    int refused = 0;
    for (int number = 0; number < FILES; number++) {
      byte[] damaged = damaged(whole, random);
      try {
        WeightFile.read(damaged, file).tensors().values().forEach(StoredTensor::values);
      } catch (WeightFileException expected) {
        assertThat(expected).hasMessageStartingWith("weights '" + file + "' can't be used: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(FILES / 10);
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(5)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> damaged[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + 4), (byte) 0xff);
        case 3 -> damaged[at] = damaged[random.nextInt(damaged.length)];
        default -> {
          if (random.nextInt(4) == 0) {
            damaged = Arrays.copyOf(damaged, Math.max(1, at));
          }
        }
      }
    }
    return damaged;
  }
}
