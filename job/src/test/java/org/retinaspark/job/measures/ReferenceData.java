package org.retinaspark.job.measures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.retinaspark.job.SharedData;

/** The WIDER FACE data of the machine; a test that needs it is skipped where it is absent. */
public final class ReferenceData {

  private ReferenceData() {}

  /** The folder of the ground truth. */
  public static Path groundTruth() {
    return SharedData.require("widerface/ground_truth");
  }

  /** The list of the images of the subset. */
  public static Path subsetList() {
    return SharedData.require("widerface/val_subset/images.txt");
  }

  /** The content of the detection files of one set, by {@code <event>/<image>.txt}. */
  public static Map<String, String> detections(String set) {
    Map<String, String> files = new HashMap<>();
    Path archive = SharedData.require("widerface/reference/detections.tar.xz");
    try (InputStream stream = Files.newInputStream(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(stream))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = Path.of(entry.getName()).normalize();
        if (entry.isFile() && path.startsWith(set)) {
          String name = Path.of(set).relativize(path).toString();
          files.put(name, new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the detection files of one set into a folder. */
  public static void unpack(String set, Path folder) throws IOException {
    for (Map.Entry<String, String> file : detections(set).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.writeString(path, file.getValue());
    }
  }
}
