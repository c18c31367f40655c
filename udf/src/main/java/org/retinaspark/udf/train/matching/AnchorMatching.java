package org.retinaspark.udf.train.matching;

import java.util.Comparator;
import java.util.List;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.family.MatchThresholds;

/**
 * Calls each anchor of a network input a labelled face, background or neither. All IoU are of
 * continuous coordinates, without +1.
 *
 * <ol>
 *   <li>An anchor whose largest IoU with any face is at least {@link MatchThresholds#positive} is
 *       that face; below {@link MatchThresholds#negative} it is background; between them neither.
 *   <li>Whatever that gave, each face keeps one anchor if any reaches {@code least}: its best, as
 *       in {@code match} of {@code utils/box_utils.py} of biubug6/Pytorch_Retinaface. Of two faces
 *       that want one anchor the one of the larger IoU has it, and the other its next best.
 *   <li>A face that no anchor reaches by {@code least} (mostly a tiny one) teaches nothing: it is
 *       no face anywhere, and its best anchors are not background.
 *   <li>Background that an ignored face covers by half, or has an IoU of {@code negative} with, or
 *       that is the best of an ignored face, is neither. Anchors that are faces stay.
 * </ol>
 *
 * <p>Of equal IoU the face further to the left and then further up counts. Faces without area are
 * not there.
 *
 * @param thresholds of the stage
 * @param least IoU from which a face keeps its best anchor
 */
public record AnchorMatching(MatchThresholds thresholds, float least) {

  /** {@code valid_gt_idx} of {@code match}. */
  private static final float LEAST = 0.2f;

  /** {@code ignore_iof_thr} of MMDetection's {@code MaxIoUAssigner}, where it is set. */
  private static final float COVERED = 0.5f;

  private static final Comparator<LabelledBox> ORDER =
      Comparator.<LabelledBox>comparingDouble(face -> face.box().x1())
          .thenComparingDouble(face -> face.box().y1())
          .thenComparingDouble(face -> face.box().x2())
          .thenComparingDouble(face -> face.box().y2())
          .thenComparing(LabelledBox::ignored)
          .thenComparingInt(LabelledBox::face);

  /** By a stage's thresholds, and the reference's bound for faces that no anchor fits. */
  public static AnchorMatching by(MatchThresholds thresholds) {
    return new AnchorMatching(thresholds, LEAST);
  }

  /**
   * Matches.
   *
   * @param references of the anchors, in network pixels
   * @param labelled the faces, in network pixels
   */
  public Matches match(References references, List<LabelledBox> labelled) {
    List<LabelledBox> faces =
        labelled.stream().filter(face -> hasArea(face.box())).sorted(ORDER).toList();
    Overlaps overlaps = new Overlaps(references, faces.stream().map(LabelledBox::box).toList());
    float[] best = best(references.count(), faces.size(), overlaps);
    int[] matched = new int[references.count()];
    float[] ratios = new float[references.count()];
    Claims claims = new Claims(faces.size());
    for (int anchor = 0; anchor < matched.length; anchor++) {
      overlaps.turnTo(anchor);
      int nearest = Matches.NEGATIVE;
      float most = 0;
      boolean doubtful = false;
      for (int number = 0; number < overlaps.count(); number++) {
        int face = overlaps.face(number);
        float ratio = overlaps.intersectionOverUnion(number);
        if (faces.get(face).ignored()) {
          doubtful |=
              ratio >= thresholds.negative()
                  || overlaps.share(number) >= COVERED
                  || ratio == best[face];
          continue;
        }
        if (ratio > most || (ratio == most && face < nearest)) {
          most = ratio;
          nearest = face;
        }
        if (best[face] < least) {
          doubtful |= ratio == best[face];
        } else if (ratio >= least) {
          claims.add(face, anchor, ratio);
        }
      }
      ratios[anchor] = most;
      if (nearest >= 0 && most >= thresholds.positive() && best[nearest] >= least) {
        matched[anchor] = faces.get(nearest).face();
      } else {
        boolean background = most < thresholds.negative() && !doubtful;
        matched[anchor] = background ? Matches.NEGATIVE : Matches.IGNORED;
      }
    }
    claims.settle(
        matched.length,
        (face, anchor, ratio) -> {
          matched[anchor] = faces.get(face).face();
          ratios[anchor] = ratio;
        });
    return new Matches(matched, ratios);
  }

  private static float[] best(int anchors, int faces, Overlaps overlaps) {
    float[] best = new float[faces];
    for (int anchor = 0; anchor < anchors; anchor++) {
      overlaps.turnTo(anchor);
      for (int number = 0; number < overlaps.count(); number++) {
        int face = overlaps.face(number);
        best[face] = Math.max(best[face], overlaps.intersectionOverUnion(number));
      }
    }
    return best;
  }

  private static boolean hasArea(Box box) {
    return box.width() > 0 && box.height() > 0;
  }
}
