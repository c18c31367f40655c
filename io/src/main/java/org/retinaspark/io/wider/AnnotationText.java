package org.retinaspark.io.wider;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.io.GroundTruthException;

/**
 * Reads {@code wider_face_<split>_bbx_gt.txt}: the image's path, the number of faces, then a line a
 * face, {@code x y w h blur expression illumination invalid occlusion pose}. An image without faces
 * carries one dummy line of zeros.
 */
public final class AnnotationText {

  private static final int COLUMNS = GroundTruthImage.BOX + FaceAttribute.COUNT;

  private final String name;
  private final List<String> lines;
  private int next;

  /**
   * Of a file.
   *
   * @param name how errors call it
   * @param content all of it
   */
  public AnnotationText(String name, String content) {
    this.name = name;
    this.lines = content.lines().toList();
  }

  /**
   * The images, their subset bit 0 standing for "every face that isn't flagged invalid".
   *
   * @throws GroundTruthException if a line isn't what the format says
   */
  public List<GroundTruthImage> images() {
    List<GroundTruthImage> images = new ArrayList<>();
    next = 0;
    while (next < lines.size() && !lines.get(next).isBlank()) {
      String key = ImageKey.of(lines.get(next++));
      int faces = faceCount(key);
      images.add(image(key, faces));
      boolean dummy = faces == 0 && next < lines.size() && !lines.get(next).contains("/");
      if (dummy) {
        next++;
      }
    }
    return images;
  }

  private int faceCount(String key) {
    int faces = integers(1)[0];
    if (faces < 0 || faces > lines.size() - next) {
      throw new GroundTruthException(
          "%s, line %d: image %s has %d faces, but %d lines follow; it is cut or damaged, fetch it again"
              .formatted(name, next, key, faces, lines.size() - next));
    }
    return faces;
  }

  private GroundTruthImage image(String key, int faces) {
    double[] boxes = new double[faces * GroundTruthImage.BOX];
    byte[] attributes = GroundTruthImage.unknownAttributes(faces);
    byte[] subsets = new byte[faces];
    int known = FaceAttribute.COUNT;
    for (int face = 0; face < faces; face++) {
      int[] values = integers(COLUMNS);
      for (int i = 0; i < GroundTruthImage.BOX; i++) {
        boxes[face * GroundTruthImage.BOX + i] = values[i];
      }
      for (int i = 0; i < known; i++) {
        attributes[face * known + i] = (byte) values[GroundTruthImage.BOX + i];
      }
      boolean valid = values[GroundTruthImage.BOX + FaceAttribute.INVALID.column()] == 0;
      subsets[face] = (byte) (valid ? 1 : 0);
    }
    int slash = key.lastIndexOf('/');
    String event = slash < 0 ? "" : key.substring(0, slash);
    return new GroundTruthImage(key, event, boxes, subsets, attributes, new double[0]);
  }

  private int[] integers(int count) {
    if (next >= lines.size()) {
      throw new GroundTruthException(
          "%s ends at line %d in the middle of an image; it is cut, fetch it again"
              .formatted(name, next));
    }
    String line = lines.get(next++).strip();
    String[] words = line.split("\\s+", -1);
    int[] values = new int[count];
    try {
      for (int i = 0; i < count; i++) {
        values[i] = Integer.parseInt(words[i]);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new GroundTruthException(
          "%s, line %d: \"%s\" should be %d whole numbers; the file isn't a WIDER FACE annotation"
              .formatted(name, next, line, count),
          e);
    }
    return values;
  }
}
