package org.retinaspark.job.evaluate.mesh;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.FaceDetail;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.dense.MeshSource;
import org.retinaspark.job.measures.dense.VertexError;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * How far the meshes of mirrored photos lie from the mirrored meshes of the photos:
 *
 * <pre>
 * MirroredMeshes PHOTOS WORK LEAST_SIDE --model trained.onnx [further options of detect]
 * </pre>
 *
 * <p>The photos' table, that of the mirrored ones and the latter mirrored back stay in WORK; the
 * last is compared with the first as {@code evaluate --benchmark mesh} does. The topology must have
 * a mirror table, and photos no EXIF orientation.
 */
public final class MirroredMeshes {

  private static final int[] FIVE = {1, 0, 2, 4, 3};
  private static final String ENDING = ".png";

  private final Path work;

  /** In a folder that is there. */
  MirroredMeshes(Path work) {
    this.work = work;
  }

  /** Prints the comparison, and ends with the mean error of vertices as a share of the box. */
  public static void main(String[] arguments) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    MirroredMeshes meshes = new MirroredMeshes(Path.of(arguments[1]));
    List<String> options = List.of(arguments).subList(3, arguments.length);
    meshes.detect(Path.of(arguments[0]), options);
    VertexEvaluation compared = meshes.compared(Double.parseDouble(arguments[2]));
    compared.lines().forEach(out::println);
    out.println(mean(compared));
  }

  /** The mean error as a share of the box. */
  static double mean(VertexEvaluation compared) {
    return compared.result().errors(FaceSlice.ALL, MeshSource.TABLE, VertexError.VERTEX_BOX).mean();
  }

  /** Makes the tables of the photos and of the mirrored photos. */
  void detect(Path photos, List<String> options) throws IOException {
    Path mirrored = work.resolve("photos");
    try (Stream<Path> all = Files.walk(photos)) {
      for (Path photo : all.filter(Files::isRegularFile).toList()) {
        BufferedImage image = ImageIO.read(photo.toFile());
        if (image != null) {
          write(image, mirrored.resolve(photos.relativize(photo) + ENDING));
        }
      }
    }
    detect(photos, "straight", options);
    detect(mirrored, "mirrored", options);
  }

  /** Mirrors the second table back, and compares it with the first. */
  VertexEvaluation compared(double leastSide) throws IOException {
    MeshWorld.write(
        records("mirrored").stream().map(MirroredMeshes::mirror).toList(),
        TableLayout.IMAGES,
        path("back"));
    VertexConfig config = new VertexConfig(path("back"), path("straight"), leastSide);
    return new VertexAction(LocalSpark.session(), config).execute();
  }

  private List<ImageRecord> records(String table) throws IOException {
    TableLocation location =
        TableLocation.of(path(table), LocalSpark.session().sparkContext().hadoopConfiguration());
    return FaceTable.of(location.read(LocalSpark.session()), table)
        .records(Set.of(FaceDetail.MESH))
        .collect();
  }

  /** An image as its mirror image has it, under the photo's key. */
  static ImageRecord mirror(ImageRecord record) {
    String key = record.image();
    String photo = key.endsWith(ENDING) ? key.substring(0, key.length() - ENDING.length()) : key;
    return record.frame() == null
        ? MeshWorld.image(photo, FaceArrays.NONE)
        : MeshWorld.image(photo, mirror(record.faces(), record.frame().width()));
  }

  private static FaceArrays mirror(FaceArrays faces, int width) {
    float[] boxes = faces.boxes().clone();
    float[] five = faces.landmarks().clone();
    for (int face = 0; face < faces.count(); face++) {
      boxes[4 * face] = width - faces.boxes()[4 * face + 2];
      boxes[4 * face + 2] = width - faces.boxes()[4 * face];
      for (int point = 0; point < FIVE.length; point++) {
        int from = 10 * face + 2 * FIVE[point];
        five[10 * face + 2 * point] = width - faces.landmarks()[from];
        five[10 * face + 2 * point + 1] = faces.landmarks()[from + 1];
      }
    }
    FaceArrays.Mesh meshes = faces.mesh();
    return new FaceArrays(
        faces.scores(),
        boxes,
        five,
        meshes == null ? null : mirror(meshes, width),
        List.of(),
        List.of(),
        List.of());
  }

  private static FaceArrays.Mesh mirror(FaceArrays.Mesh meshes, int width) {
    List<float[]> mirrored = new ArrayList<>();
    for (float[] mesh : meshes.vertices()) {
      float[] back = mesh.clone();
      for (int vertex = 0; 3 * vertex < mesh.length; vertex++) {
        int to = 3 * MeshTopology.named(meshes.topology(), mesh.length / 3).mirror().get(vertex);
        back[to] = width - mesh[3 * vertex];
        back[to + 1] = mesh[3 * vertex + 1];
        back[to + 2] = mesh[3 * vertex + 2];
      }
      mirrored.add(back);
    }
    return new FaceArrays.Mesh(meshes.topology(), mirrored, meshes.scores());
  }

  private void detect(Path photos, String table, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("detect", "--input", photos.toString()));
    arguments.addAll(List.of("--output", path(table), "--overwrite", "--progress", "none"));
    arguments.addAll(options);
    PrintWriter quiet = new PrintWriter(Writer.nullWriter());
    int status =
        Main.run(
            quiet,
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments.toArray(String[]::new));
    if (status != ExitStatus.DONE) {
      throw new IllegalStateException("detect " + arguments + " ended with status " + status);
    }
  }

  private static void write(BufferedImage photo, Path file) throws IOException {
    BufferedImage mirrored =
        new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = mirrored.createGraphics();
    graphics.drawImage(photo, photo.getWidth(), 0, -photo.getWidth(), photo.getHeight(), null);
    graphics.dispose();
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    ImageIO.write(mirrored, "png", file.toFile());
  }

  private String path(String name) {
    return work.resolve(name).toString();
  }
}
