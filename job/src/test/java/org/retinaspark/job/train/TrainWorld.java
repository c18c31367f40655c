package org.retinaspark.job.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;
import org.retinaspark.job.detect.PatchModel;

/** Photos of white squares with labels, and a made-up detector whose heads know nothing of them. */
public final class TrainWorld {

  static final int PHOTOS = 6;

  private final Path folder;

  /** Makes photos, labels and model in a folder. */
  public TrainWorld(Path folder) {
    this.folder = folder;
    StringBuilder labels = new StringBuilder();
    for (int photo = 0; photo < PHOTOS; photo++) {
      String name = "event/%d.png".formatted(photo);
      Photos.write(photos().resolve(name), 1 + photo % 3);
      labels.append("# ").append(name).append('\n');
      for (int square = 0; square <= photo % 3; square++) {
        labels.append(label(Photos.left(square), Photos.top()));
      }
    }
    write(labels(), labels.toString());
    PatchModel.of(3).write(model());
  }

  /** As RetinaFace's label.txt has a face of a square. */
  private static String label(int left, int top) {
    int side = Photos.SQUARE;
    StringBuilder line = new StringBuilder("%d %d %d %d".formatted(left, top, side, side));
    int[][] points = {{10, 10}, {22, 10}, {16, 16}, {11, 24}, {21, 24}};
    for (int[] point : points) {
      line.append(" %d.0 %d.0 0.0".formatted(left + point[0], top + point[1]));
    }
    return line.append(" 0.8\n").toString();
  }

  Path photos() {
    return folder.resolve("photos");
  }

  Path labels() {
    return folder.resolve("label.txt");
  }

  Path model() {
    return folder.resolve("patches.onnx");
  }

  /** A file beside them. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * What a run said.
   *
   * @param status of the process
   */
  public record Said(int status, String out, String err) {}

  /** Runs {@code train} with usual arguments, or others of the same options, and some more. */
  public Said train(String output, String... more) {
    Map<String, String> usual = new LinkedHashMap<>();
    usual.put("--input", photos().toString());
    usual.put("--labels", labels().toString());
    usual.put("--model", model().toString());
    usual.put("--output", file(output).toString());
    usual.put("--provider", "cpu");
    usual.put("--retry-time", "0");
    usual.put("--progress", "none");
    usual.put("--scales", "1,2");
    usual.put("--iterations", "4");
    usual.keySet().removeAll(List.of(more));
    List<String> arguments = new ArrayList<>(List.of("train"));
    usual.forEach((option, value) -> arguments.addAll(List.of(option, value)));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  static Said run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    return new Said(status, out.toString(), err.toString());
  }
}
