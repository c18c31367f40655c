package org.retinaspark.job.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.retinaspark.io.RootCause;

/**
 * The folder of fetched models.
 *
 * @param folder where it is, or will be
 */
record CacheCheck(Path folder) implements Check {

  private static final String REMEDY =
      "name another one by RETINASPARK_CACHE in the environment, or give --model a file";

  @Override
  public String subject() {
    return "cache";
  }

  @Override
  public List<Finding> look() {
    Path first = existing(folder);
    if (!Files.isDirectory(first) || !Files.isWritable(first)) {
      return List.of(
          Finding.warning(
              subject(),
              "%s can't be written".formatted(first),
              "models can't be fetched, and one of a fixed size can't be made to take any",
              REMEDY));
    }
    if (!first.equals(folder)) {
      return List.of(Finding.ok(subject(), "%s is not there yet".formatted(folder)));
    }
    try (Stream<Path> files = Files.list(folder)) {
      String models =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".onnx") || name.endsWith(".tflite"))
              .sorted()
              .collect(Collectors.joining(", "));
      return List.of(
          Finding.ok(
              subject(), "%s has %s".formatted(folder, models.isEmpty() ? "no models" : models)));
    } catch (IOException refused) {
      return List.of(
          Finding.warning(
              subject(),
              "%s can't be listed (%s)".formatted(folder, RootCause.text(refused)),
              "fetched models can't be found",
              REMEDY));
    }
  }

  private static Path existing(Path folder) {
    Path part = folder.toAbsolutePath();
    while (!Files.exists(part) && part.getParent() != null) {
      part = part.getParent();
    }
    return part;
  }
}
