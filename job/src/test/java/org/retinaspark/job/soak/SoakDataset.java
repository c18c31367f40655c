package org.retinaspark.job.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.retinaspark.udf.image.HostileImage;
import org.retinaspark.udf.image.HostileImages;

/**
 * A folder of real photos under many names, with images among them that can only fail.
 *
 * @param expected for each key below the folder, {@code ok} or the {@code stage/code} of its
 *     failure
 */
record SoakDataset(Map<String, String> expected) {

  static final String OK = "ok";

  /** Photos are spread over folders, as people keep them. */
  private static final int FOLDER_SIZE = 500;

  /** Fills a folder with links to photos, or copies where the file system has no links. */
  static SoakDataset create(Path photos, Path folder, int images, int bad) {
    Map<String, String> expected = new TreeMap<>();
    List<HostileImage> failing = HostileImages.all().stream().filter(HostileImage::fails).toList();
    try {
      List<Path> sources = sources(photos);
      for (int i = 0; i < images - bad; i++) {
        Path source = sources.get(i % sources.size());
        String key = key(i, source.getFileName().toString());
        link(source, folder.resolve(key));
        expected.put(key, OK);
      }
      for (int i = 0; i < bad; i++) {
        HostileImage image = failing.get(i % failing.size());
        String key = key(i * Math.max(1, images / Math.max(1, bad)), "bad" + i + image.name());
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, image.content());
        expected.put(key, image.stage() + "/" + image.code());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new SoakDataset(expected);
  }

  /** The photo that a key is a name of. */
  static String photo(String key) {
    return key.substring(key.indexOf('-') + 1);
  }

  private static String key(int index, String name) {
    return "part %d/%05d-%s".formatted(index / FOLDER_SIZE, index, name);
  }

  private static List<Path> sources(Path photos) throws IOException {
    try (Stream<Path> files = Files.walk(photos)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  private static void link(Path source, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try {
      Files.createLink(target, source.toRealPath());
    } catch (FileSystemException | UnsupportedOperationException otherDevice) {
      Files.copy(source, target);
    }
  }
}
