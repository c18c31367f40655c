package org.retinaspark.job.leaderboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** A few photos of squares with a ground truth of our own, and the command line over them. */
final class Boards {

  private static final Color DIM = new Color(242, 242, 242);

  private final Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Boards(Path folder) {
    this.folder = folder;
  }

  /**
   * Three photos, with one, two and three squares, of which the last is dimmer, so that its score
   * is lower. Of the six faces that the truth names, five are bright squares, and one is nothing
   * that a network finds; the dim square is no face.
   */
  static Boards in(Path folder) throws IOException {
    LocalSpark.session();
    StringBuilder truth = new StringBuilder();
    for (int squares = 1; squares <= 3; squares++) {
      String key = "e/%d.jpg".formatted(squares);
      Photos.write(folder.resolve("photos").resolve(key), squares);
      truth.append("%s%n%d%n".formatted(key, squares));
      for (int square = 0; square < squares; square++) {
        int left = squares == 3 && square == 2 ? 1 : Photos.left(square);
        truth.append("%d %d 32 32 0 0 0 0 0 0%n".formatted(left, Photos.top()));
      }
    }
    dim(folder.resolve("photos/e/3.jpg"));
    Files.createDirectories(folder.resolve("truth"));
    Files.writeString(folder.resolve("truth/wider_face_val_bbx_gt.txt"), truth);
    return new Boards(folder);
  }

  private static void dim(Path photo) throws IOException {
    BufferedImage image = ImageIO.read(photo.toFile());
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(DIM);
    graphics.fillRect(Photos.left(2), Photos.top(), Photos.SQUARE, Photos.SQUARE);
    graphics.dispose();
    ImageIO.write(image, "png", photo.toFile());
  }

  /** Runs {@code leaderboard} on the photos. */
  int run(String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("leaderboard"));
    arguments.addAll(List.of("--input", path("photos"), "--ground-truth", path("truth")));
    arguments.addAll(List.of("--output", path(output), "--provider", "cpu"));
    arguments.addAll(List.of("--retry-time", "0", "--progress", "none"));
    arguments.addAll(List.of(more));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  /** Writes a model. */
  String model(String name, byte[] onnx) throws IOException {
    return Files.write(folder.resolve(name), onnx).toString();
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  String page(String output) throws IOException {
    return Files.readString(folder.resolve(output).resolve("leaderboard.md"));
  }

  /** The page without the column of images a second. */
  String pageWithoutSpeed(String output) throws IOException {
    return page(output)
        .lines()
        .map(line -> line.replaceFirst(" \\d+\\.\\d \\| (\\d[\\d,]* \\| \\d[\\d,]* \\|)", " $1"))
        .collect(Collectors.joining("\n"));
  }

  JsonNode numbers(String output) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(output).resolve("leaderboard.json").toFile());
  }

  /** The numbers without what may differ. */
  JsonNode numbersWithoutTiming(String output) throws IOException {
    JsonNode numbers = numbers(output);
    numbers.path("cells").forEach(cell -> ((ObjectNode) cell).remove("timing"));
    return numbers;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
