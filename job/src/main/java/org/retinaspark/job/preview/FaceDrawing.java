package org.retinaspark.job.preview;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.udf.crop.HeadRotation;

/**
 * Draws the faces of images as SVG, in pixels of the table's frame, a group a layer. Meshes and
 * what else is told in detail are drawn of the largest faces of each image, so that a page stays
 * about as large as its photos.
 */
final class FaceDrawing {

  /** Faces of an image that are drawn in detail: a mesh takes some 12 kB. */
  static final int MOST_DETAILED = 20;

  private static final int XY = 2;

  private final float minimumScore;
  private final Map<String, Wireframe> wireframes = new HashMap<>();

  /**
   * Draws faces of a score and more.
   *
   * @param minimumScore those below it are left out
   */
  FaceDrawing(float minimumScore) {
    this.minimumScore = minimumScore;
  }

  /** The faces to be drawn, by their indices. */
  int[] drawn(FaceArrays faces) {
    return IntStream.range(0, faces.count())
        .filter(face -> faces.scores()[face] >= minimumScore)
        .toArray();
  }

  /** Whether some of the drawn faces have details that aren't drawn. */
  boolean leavesOut(FaceArrays faces) {
    boolean details =
        faces.mesh() != null
            || !faces.landmarks68().isEmpty()
            || !faces.pose().isEmpty()
            || !faces.parts().isEmpty();
    return details && drawn(faces).length > MOST_DETAILED;
  }

  /** Those of them to be drawn in detail: the largest. */
  private int[] detailed(FaceArrays faces) {
    return IntStream.of(drawn(faces))
        .boxed()
        .sorted(Comparator.comparing((Integer face) -> area(faces, face)).reversed())
        .limit(MOST_DETAILED)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static float area(FaceArrays faces, int face) {
    int box = face * FaceArrays.BOX;
    float[] boxes = faces.boxes();
    return (boxes[box + 2] - boxes[box]) * (boxes[box + 3] - boxes[box + 1]);
  }

  /**
   * The groups of an image.
   *
   * @param problems gets what of the table can't be drawn
   * @throws IOException if a picture can't be encoded
   */
  String of(FaceArrays faces, ImageFrame frame, List<String> problems) throws IOException {
    SvgLayers layers = new SvgLayers();
    float letters = Math.max(frame.width(), frame.height()) / 90f;
    for (int face : drawn(faces)) {
      box(layers, faces, face, letters);
    }
    for (int face : detailed(faces)) {
      details(layers, faces, face, letters);
    }
    if (!faces.parts().isEmpty()) {
      parts(layers, faces, frame, problems);
    }
    return layers.toString();
  }

  private static void box(SvgLayers layers, FaceArrays faces, int face, float letters) {
    float[] boxes = faces.boxes();
    int box = face * FaceArrays.BOX;
    float left = boxes[box];
    float top = boxes[box + 1];
    float width = boxes[box + 2] - left;
    layers.put(
        PreviewLayer.BOXES,
        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
        left,
        top,
        width,
        boxes[box + 3] - top);
    float radius = Math.max(0.6f, width / 40);
    for (int point = face * faces.points(); point < (face + 1) * faces.points(); point++) {
      layers.put(
          PreviewLayer.POINTS,
          "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"/>",
          faces.landmarks()[XY * point],
          faces.landmarks()[XY * point + 1],
          radius);
    }
    float baseline = Math.max(letters, top - letters / 4);
    String score = String.format(Locale.ROOT, "%.3f", faces.scores()[face]);
    layers.text(PreviewLayer.SCORES, left, baseline, letters, score);
  }

  private void details(SvgLayers layers, FaceArrays faces, int face, float letters) {
    FaceArrays.Mesh mesh = faces.mesh();
    if (mesh != null) {
      String path =
          wireframes
              .computeIfAbsent(mesh.topology(), Wireframe::of)
              .path(mesh.vertices().get(face));
      layers.put(PreviewLayer.MESH, "<path d=\"%s\"/>", path);
    }
    if (!faces.landmarks68().isEmpty()) {
      SvgPath points = new SvgPath();
      points.dots(faces.landmarks68().get(face), XY);
      layers.put(PreviewLayer.LANDMARKS68, "<path d=\"%s\"/>", points);
    }
    FaceArrays.Pose pose = faces.pose().isEmpty() ? null : faces.pose().get(face);
    if (pose != null) {
      pose(layers, faces, face, pose, letters);
    }
  }

  /** The head's own axes from the middle of the box: to its side, down, and where it looks. */
  private static void pose(
      SvgLayers layers, FaceArrays faces, int face, FaceArrays.Pose pose, float letters) {
    int box = face * FaceArrays.BOX;
    float[] boxes = faces.boxes();
    double x = (boxes[box] + boxes[box + 2]) / 2;
    double y = (boxes[box + 1] + boxes[box + 3]) / 2;
    double length = Math.sqrt(area(faces, face)) / 2;
    double[][] turn = HeadRotation.axes(pose.yaw(), pose.pitch(), pose.roll());
    String[] axes = {"side", "down", "look"};
    for (int axis = 0; axis < axes.length; axis++) {
      // The third axis of the frame goes away from the camera, a face looks towards it.
      double reach = axis == axes.length - 1 ? -length : length;
      layers.put(
          PreviewLayer.POSE,
          "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
          axes[axis],
          x,
          y,
          x + reach * turn[0][axis],
          y + reach * turn[1][axis]);
    }
    float baseline = boxes[box + 3] + letters;
    String angles =
        "yaw %d\u00b0 pitch %d\u00b0 roll %d\u00b0"
            .formatted(Math.round(pose.yaw()), Math.round(pose.pitch()), Math.round(pose.roll()));
    layers.text(PreviewLayer.POSE, boxes[box], baseline, letters, angles);
  }

  private void parts(SvgLayers layers, FaceArrays faces, ImageFrame frame, List<String> problems)
      throws IOException {
    PartsPicture picture = new PartsPicture(frame);
    for (int face : detailed(faces)) {
      for (FaceArrays.Part part : faces.parts().get(face)) {
        try {
          picture.add(part);
        } catch (IllegalArgumentException wrong) {
          problems.add("%s of face %d: %s".formatted(part.part(), face, wrong.getMessage()));
        }
      }
    }
    layers.put(
        PreviewLayer.PARTS,
        "<image width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\" href=\"%s\"/>",
        frame.width(),
        frame.height(),
        picture.address());
  }
}
