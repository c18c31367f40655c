package org.retinaspark.io.labels;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.wider.FaceAttribute;
import org.retinaspark.io.wider.GroundTruthImage;

/** Takes the ground truth of WIDER FACE's text files for labels. */
final class WiderLabels {

  private final LabelTally tally;
  private final LabelCheck check;

  WiderLabels(LabelTally tally) {
    this.tally = tally;
    this.check = new LabelCheck(tally);
  }

  /** The labels of an image; faces flagged invalid are ignored. */
  LabelledImage label(GroundTruthImage truth) {
    List<LabelledFace> faces = new ArrayList<>();
    for (int face = 0; face < truth.faces(); face++) {
      boolean invalid = truth.attribute(face, FaceAttribute.INVALID) == 1;
      LabelledFace label = check.face(box(truth, face), landmarks(truth, face), null, invalid);
      if (label != null) {
        faces.add(label);
      }
    }
    LabelledImage image = new LabelledImage(truth.image(), faces);
    tally.add(image);
    return image;
  }

  private static float[] box(GroundTruthImage truth, int face) {
    int at = face * GroundTruthImage.BOX;
    double x = truth.boxes()[at];
    double y = truth.boxes()[at + 1];
    return new float[] {
      (float) x, (float) y, (float) (x + truth.boxes()[at + 2]), (float) (y + truth.boxes()[at + 3])
    };
  }

  private float @Nullable [] landmarks(GroundTruthImage truth, int face) {
    float[] points = new float[GroundTruthImage.LANDMARKS];
    int missing = points.length;
    for (int i = 0; i < points.length && truth.landmarks().length > 0; i++) {
      points[i] = (float) truth.landmarks()[face * points.length + i];
      missing -= Float.isNaN(points[i]) ? 0 : 1;
    }
    if (missing > 0 && missing < points.length) {
      tally.count(LabelFault.LANDMARKS_INCOMPLETE);
    }
    return missing == 0 ? points : null;
  }
}
