package org.retinaspark.udf.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Greedy non-maximum suppression: from the best score down, a candidate becomes a face unless its
 * IoU with a better face exceeds the threshold.
 *
 * <p>IoU counts +1 on every width and height, and is taken in image pixels, as in the code behind
 * all published figures ({@code utils/nms/py_cpu_nms.py} of biubug6/Pytorch_Retinaface, {@code
 * rcnn/processing/nms.py} of InsightFace). The meshes of a face are the mean of its own and those
 * that it suppresses ({@link MeshVotes}).
 */
public record NonMaximumSuppression() implements Merge {

  @Override
  public List<Face> faces(Candidates candidates, Thresholds thresholds) {
    BoxGrid kept = new BoxGrid(candidates, thresholds.intersectionOverUnion());
    List<Integer> boxes = new ArrayList<>();
    for (int candidate : candidates.ranked()) {
      if (boxes.size() == thresholds.faces()) {
        break;
      }
      if (kept.overlaps(candidate)) {
        continue;
      }
      kept.add(candidate);
      if (thresholds.admits(candidates.box(candidate))) {
        boxes.add(kept.size() - 1);
      }
    }
    MeshVotes meshes = new MeshVotes(candidates, kept);
    return boxes.stream().map(box -> candidates.face(kept.candidate(box), meshes.of(box))).toList();
  }

  @Override
  public boolean asksForSupport() {
    return false;
  }

  @Override
  public String label() {
    return "nms";
  }
}
