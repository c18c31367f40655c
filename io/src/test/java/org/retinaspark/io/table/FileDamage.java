package org.retinaspark.io.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Ways in which a file is damaged, and what undoes a copy of them. */
final class FileDamage {

  private FileDamage() {}

  /** In how many places a bit of each file is flipped, one at a time. */
  private static final int FLIPS = Integer.getInteger("retinaspark.test.flips", 3);

  /** A way to damage a file. */
  interface Harm {

    void to(Path file) throws IOException;
  }

  static Map<String, Harm> harms(long length) {
    Map<String, Harm> harms = new LinkedHashMap<>();
    harms.put("deleted", FileDamage::delete);
    harms.put("emptied", file -> Files.write(file, new byte[0]));
    harms.put("cut in half", file -> cut(file, length / 2));
    harms.put("cut by a byte", file -> cut(file, length - 1));
    harms.put("overwritten", file -> Files.write(file, garbage((int) length)));
    harms.put("made a folder", FileDamage::makeFolder);
    for (int flip = 0; flip < FLIPS && length > 0; flip++) {
      int place = (int) (length * (2L * flip + 1) / (2L * FLIPS));
      int bit = flip % 8;
      harms.put("flipped at %d.%d".formatted(place, bit), file -> flip(file, place, bit));
    }
    return harms;
  }

  private static void cut(Path file, long length) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Math.max(0, length)));
  }

  private static byte[] garbage(int length) {
    return "garbage ".repeat(length / 8 + 1).substring(0, length).getBytes(StandardCharsets.UTF_8);
  }

  private static void flip(Path file, int place, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[place] ^= (byte) (1 << bit);
    Files.write(file, bytes);
  }

  private static void makeFolder(Path file) throws IOException {
    delete(file);
    Files.createDirectory(file);
  }

  static void makeFile(Path part) throws IOException {
    delete(part);
    Files.writeString(part, "no folder");
  }

  static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
