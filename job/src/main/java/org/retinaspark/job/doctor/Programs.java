package org.retinaspark.job.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs of this machine.
 *
 * @param path folders, as {@code PATH} has them
 */
record Programs(String path) {

  /** A driver that hangs makes {@code nvidia-smi} hang. */
  private static final long PATIENCE_SECONDS = 20;

  static Programs here() {
    return new Programs(Objects.requireNonNullElse(System.getenv("PATH"), ""));
  }

  /** Where a program is, if it is anywhere. */
  Optional<Path> find(String program) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs a program.
   *
   * @return what it prints
   * @throws IOException if it isn't there, hangs or fails; the message says which
   */
  String output(String program, String... arguments) throws IOException {
    Path file = find(program).orElseThrow(() -> new IOException("there is no " + program));
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("retinaspark-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
        throw new IOException("%s hangs".formatted(program));
      }
      String output = Files.readString(said, StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s fails: %s"
                .formatted(program, output.lines().findFirst().orElse("it says nothing")));
      }
      return output;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("%s was not waited for".formatted(program), interrupted);
    } finally {
      Files.delete(said);
    }
  }
}
