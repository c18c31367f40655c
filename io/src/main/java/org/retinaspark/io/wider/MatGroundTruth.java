package org.retinaspark.io.wider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.matlab.MatFile;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

/**
 * Reads {@code wider_face_<split>.mat} and the lists of its subsets. In the file, {@code
 * event_list}, {@code file_list} and {@code face_bbx_list} are cells by event; the subsets' files
 * hold {@code gt_list} of the same shape, with 1-based indices into each image's boxes.
 */
final class MatGroundTruth {

  private static final String EXTENSION = ".jpg";

  private final MatFile faces;
  private final List<MatFile> subsets;

  MatGroundTruth(MatFile faces, Map<String, MatFile> subsets) {
    this.faces = faces;
    this.subsets = List.copyOf(subsets.values());
  }

  BoxType boxType() {
    Cell events = faces.cell("face_bbx_list");
    for (int event = 0; event < events.getNumElements(); event++) {
      Cell images = faces.cell(events, event, "face_bbx_list");
      if (images.getNumElements() > 0) {
        MatlabType type = faces.matrix(images, 0, "face_bbx_list").getType();
        return type == MatlabType.Double || type == MatlabType.Single
            ? BoxType.REAL
            : BoxType.INT32;
      }
    }
    return BoxType.REAL;
  }

  List<GroundTruthImage> images() {
    List<GroundTruthImage> result = new ArrayList<>();
    Cell events = faces.cell("event_list");
    Cell files = faces.cell("file_list");
    for (int event = 0; event < events.getNumElements(); event++) {
      String name = faces.text(events, event, "event_list");
      Cell images = faces.cell(files, event, "file_list");
      for (int image = 0; image < images.getNumElements(); image++) {
        String key = name + "/" + faces.text(images, image, "file_list") + EXTENSION;
        result.add(image(key, name, event, image));
      }
    }
    return result;
  }

  private GroundTruthImage image(String key, String name, int event, int image) {
    Matrix boxes = perImage(faces, "face_bbx_list", event, image);
    int count = boxes.getNumElements() == 0 ? 0 : boxes.getNumRows();
    if (count > 0 && boxes.getNumCols() != GroundTruthImage.BOX) {
      throw new GroundTruthException(
          "the boxes of %s have %d numbers, not x, y, width and height; use the files of the official release"
              .formatted(key, boxes.getNumCols()));
    }
    double[] flat = new double[count * GroundTruthImage.BOX];
    for (int face = 0; face < count; face++) {
      for (int side = 0; side < GroundTruthImage.BOX; side++) {
        flat[face * GroundTruthImage.BOX + side] = boxes.getDouble(face, side);
      }
    }
    return new GroundTruthImage(
        key,
        name,
        flat,
        subsets(key, event, image, count),
        attributes(event, image, count),
        new double[0]);
  }

  private byte[] subsets(String key, int event, int image, int count) {
    byte[] masks = new byte[count];
    for (int subset = 0; subset < subsets.size(); subset++) {
      Matrix list = perImage(subsets.get(subset), "gt_list", event, image);
      for (int i = 0; i < list.getNumElements(); i++) {
        int face = (int) list.getDouble(i);
        if (face < 1 || face > count) {
          throw new GroundTruthException(
              "a subset lists face %d of %s, which has %d faces; the .mat files are of different releases"
                  .formatted(face, key, count));
        }
        masks[face - 1] |= (byte) (1 << subset);
      }
    }
    return masks;
  }

  private byte[] attributes(int event, int image, int count) {
    byte[] result = GroundTruthImage.unknownAttributes(count);
    for (FaceAttribute attribute : FaceAttribute.values()) {
      String variable = attribute.label() + "_label_list";
      if (!faces.has(variable)) {
        continue;
      }
      Matrix labels = perImage(faces, variable, event, image);
      for (int face = 0; face < Math.min(count, labels.getNumElements()); face++) {
        result[face * FaceAttribute.COUNT + attribute.column()] = (byte) labels.getDouble(face);
      }
    }
    return result;
  }

  private static Matrix perImage(MatFile file, String variable, int event, int image) {
    return file.matrix(file.cell(file.cell(variable), event, variable), image, variable);
  }
}
