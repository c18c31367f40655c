package org.retinaspark.udf.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Greedy non-maximum suppression: from the best score down, a candidate becomes a face unless its
 * IoU with a better face exceeds the threshold. Equal scores keep the order of the network's
 * anchors, so that the result depends on nothing else; of several inputs the earlier goes first.
 *
 * <p>IoU counts +1 on every width and height, and is taken in image pixels, as in the code behind
 * all published figures ({@code utils/nms/py_cpu_nms.py} of biubug6/Pytorch_Retinaface, {@code
 * rcnn/processing/nms.py} of InsightFace).
 */
public record NonMaximumSuppression() implements Merge {

  @Override
  public List<Face> faces(Candidates candidates, Thresholds thresholds) {
    int[] ranked = ranked(candidates, thresholds.candidates());
    BoxGrid kept = new BoxGrid(candidates, thresholds.intersectionOverUnion());
    List<Face> faces = new ArrayList<>();
    for (int candidate : ranked) {
      if (faces.size() == thresholds.faces()) {
        break;
      }
      if (kept.overlaps(candidate)) {
        continue;
      }
      kept.add(candidate);
      if (shorterSide(candidates, candidate) >= thresholds.minimumFace()) {
        faces.add(candidates.face(candidate));
      }
    }
    return faces;
  }

  /** The best so many, from the best down. */
  private static int[] ranked(Candidates candidates, int limit) {
    // Scores are positive, so their bits order as they do: one sort of longs, score then index.
    long[] keys = new long[candidates.size()];
    for (int candidate = 0; candidate < keys.length; candidate++) {
      long descending =
          Integer.MAX_VALUE - (long) Float.floatToIntBits(candidates.score(candidate));
      keys[candidate] = descending << 32 | candidate;
    }
    Arrays.sort(keys);
    int[] ranked = new int[Math.min(keys.length, limit)];
    for (int rank = 0; rank < ranked.length; rank++) {
      ranked[rank] = (int) keys[rank];
    }
    return ranked;
  }

  private static float shorterSide(Candidates candidates, int candidate) {
    return Math.min(
        candidates.x2(candidate) - candidates.x1(candidate),
        candidates.y2(candidate) - candidates.y1(candidate));
  }
}
