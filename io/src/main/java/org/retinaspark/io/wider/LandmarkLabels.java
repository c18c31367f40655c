package org.retinaspark.io.wider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.retinaspark.io.GroundTruthException;

/**
 * Reads RetinaFace's {@code label.txt}: {@code # <event>/<name>.jpg}, then a line a face, {@code x
 * y w h} and, where the face has landmarks, five times {@code x y visibility} and a blur value; -1
 * for both stands for an absent landmark, while one that lies left of the photo has a negative x.
 * Source: the annotations released with InsightFace's RetinaFace.
 */
public final class LandmarkLabels {

  private static final int POINTS = 5;
  private static final double ABSENT = -1;
  private static final int WITH_LANDMARKS = GroundTruthImage.BOX + POINTS * 3;

  private final Map<String, List<double[]>> faces = new HashMap<>();

  /**
   * Parses a file.
   *
   * @param name how errors call it
   * @param content all of it
   * @throws GroundTruthException if a line isn't what the format says, or an image comes twice
   */
  public LandmarkLabels(String name, String content) {
    List<double[]> current = new ArrayList<>();
    int number = 0;
    for (String line : content.lines().toList()) {
      number++;
      if (line.startsWith("#")) {
        current = new ArrayList<>();
        String image = ImageKey.of(line.substring(1));
        if (faces.put(image, current) != null) {
          throw new GroundTruthException(
              "%s, line %d: image %s comes a second time, so nobody knows which labels are right; take one of them out"
                  .formatted(name, number, image));
        }
      } else if (!line.isBlank()) {
        current.add(numbers(name, number, line));
      }
    }
  }

  /** The labelled faces as a ground truth of their own, real boxes, one subset of every face. */
  public List<GroundTruthImage> images() {
    List<GroundTruthImage> images = new ArrayList<>();
    for (String image : faces.keySet().stream().sorted().toList()) {
      List<double[]> rows = faces.getOrDefault(image, List.of());
      double[] boxes = new double[rows.size() * GroundTruthImage.BOX];
      byte[] subsets = new byte[rows.size()];
      Arrays.fill(subsets, (byte) 1);
      for (int face = 0; face < rows.size(); face++) {
        int at = face * GroundTruthImage.BOX;
        System.arraycopy(rows.get(face), 0, boxes, at, GroundTruthImage.BOX);
      }
      int slash = image.lastIndexOf('/');
      images.add(
          new GroundTruthImage(
              image,
              slash < 0 ? "" : image.substring(0, slash),
              boxes,
              subsets,
              GroundTruthImage.unknownAttributes(rows.size()),
              landmarks(rows)));
    }
    return images;
  }

  /**
   * The image with the landmarks of its faces, found by their boxes; NaN for those not labelled.
   */
  GroundTruthImage label(GroundTruthImage image) {
    List<double[]> rows = faces.getOrDefault(image.image(), List.of());
    List<double[]> ordered = new ArrayList<>();
    for (int face = 0; face < image.faces(); face++) {
      int at = face * GroundTruthImage.BOX;
      double[] box = Arrays.copyOfRange(image.boxes(), at, at + GroundTruthImage.BOX);
      ordered.add(
          rows.stream()
              .filter(row -> Arrays.equals(row, 0, box.length, box, 0, box.length))
              .findFirst()
              .orElse(box));
    }
    return image.withLandmarks(landmarks(ordered));
  }

  private static double[] landmarks(List<double[]> rows) {
    double[] landmarks = new double[rows.size() * GroundTruthImage.LANDMARKS];
    Arrays.fill(landmarks, Double.NaN);
    for (int face = 0; face < rows.size(); face++) {
      double[] row = rows.get(face);
      if (row.length < WITH_LANDMARKS) {
        continue;
      }
      for (int point = 0; point < POINTS; point++) {
        int from = GroundTruthImage.BOX + point * 3;
        if (row[from] != ABSENT || row[from + 1] != ABSENT) {
          landmarks[face * GroundTruthImage.LANDMARKS + point * 2] = row[from];
          landmarks[face * GroundTruthImage.LANDMARKS + point * 2 + 1] = row[from + 1];
        }
      }
    }
    return landmarks;
  }

  private static double[] numbers(String name, int number, String line) {
    String[] words = line.strip().split("\\s+", -1);
    try {
      double[] values = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
      if (values.length >= GroundTruthImage.BOX) {
        return values;
      }
    } catch (NumberFormatException e) {
      throw malformed(name, number, line, e);
    }
    throw malformed(name, number, line, null);
  }

  private static GroundTruthException malformed(
      String name, int number, String line, @org.jspecify.annotations.Nullable Exception cause) {
    String message =
        "%s, line %d: \"%s\" should start with x y w h; the file isn't RetinaFace's label.txt"
            .formatted(name, number, line);
    return cause == null
        ? new GroundTruthException(message)
        : new GroundTruthException(message, cause);
  }
}
