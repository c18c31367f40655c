package org.retinaspark.job.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Detection files of the WIDER FACE kind, out of the archive of reference detections. */
final class WiderText {

  private WiderText() {}

  /** The detections of the images with these keys. */
  static Map<String, List<ReferenceParityTest.Detection>> read(
      Path archive, String set, Set<String> images) throws IOException {
    Map<String, List<ReferenceParityTest.Detection>> detections = new HashMap<>();
    try (InputStream file = Files.newInputStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName();
        int start = name.indexOf(set + "/");
        if (start < 0 || !name.endsWith(".txt")) {
          continue;
        }
        String image =
            name.substring(start + set.length() + 1, name.length() - ".txt".length()) + ".jpg";
        if (images.contains(image)) {
          detections.put(image, parse(new String(tar.readAllBytes(), UTF_8)));
        }
      }
    }
    return detections;
  }

  /** Lines of {@code x y width height score} below the name and the count. */
  static List<ReferenceParityTest.Detection> parse(String text) {
    List<ReferenceParityTest.Detection> detections = new ArrayList<>();
    for (String line : text.lines().skip(2).toList()) {
      double[] values =
          java.util.Arrays.stream(line.strip().split("\\s+", -1))
              .mapToDouble(Double::parseDouble)
              .toArray();
      detections.add(
          new ReferenceParityTest.Detection(
              values[4], values[0], values[1], values[0] + values[2], values[1] + values[3]));
    }
    return detections;
  }
}
