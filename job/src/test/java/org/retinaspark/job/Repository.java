package org.retinaspark.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this repository, beside the sources. */
public final class Repository {

  /** Maven runs the tests of a module in its folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Repository() {}

  public static Path file(String path) {
    return ROOT.resolve(path);
  }

  public static String text(String path) {
    try {
      return Files.readString(file(path));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All files below some folders, but not what builds leave there. */
  public static List<Path> below(String... folders) {
    return Stream.of(folders).flatMap(folder -> walk(file(folder)).stream()).toList();
  }

  private static List<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
