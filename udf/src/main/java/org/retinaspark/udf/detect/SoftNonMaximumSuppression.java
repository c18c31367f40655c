package org.retinaspark.udf.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Soft-NMS with linear weights: the candidate of the best score becomes a face, and the score of
 * each other whose IoU with it exceeds the threshold is multiplied by 1 - IoU; then the best of
 * these, and so on. A score that falls to the threshold of scores is no face's. Equal scores go by
 * {@link Candidates#ranked()}.
 *
 * <p>Bodla et al., "Soft-NMS - improving object detection with one line of code", ICCV 2017,
 * section 3, the first of its two weights: the one that has a threshold, and that leaves nothing of
 * a second box at the same place, of which an image pyramid has many.
 */
public record SoftNonMaximumSuppression() implements Merge {

  /**
   * A candidate that is no face yet.
   *
   * @param score after the faces so far that it was compared with
   * @param rank by the score that the network gave
   * @param faces how many it was compared with
   */
  private record Waiting(int candidate, double score, int rank, int faces) {}

  private static final Comparator<Waiting> BEST_FIRST =
      Comparator.comparingDouble(Waiting::score).reversed().thenComparingInt(Waiting::rank);

  @Override
  public List<Face> faces(Candidates candidates, Thresholds thresholds) {
    PriorityQueue<Waiting> queue = new PriorityQueue<>(BEST_FIRST);
    for (int candidate : candidates.ranked()) {
      queue.add(new Waiting(candidate, candidates.score(candidate), queue.size(), 0));
    }
    int[] chosen = new int[candidates.size()];
    int count = 0;
    List<Face> faces = new ArrayList<>();
    while (!queue.isEmpty() && faces.size() < thresholds.faces()) {
      Waiting best = queue.remove();
      double score = best.score();
      for (int face = best.faces(); face < count; face++) {
        score *= weight(candidates, best.candidate(), chosen[face], thresholds);
      }
      if (score < best.score()) {
        // Scores only fall, so that those which wait need no look before they are the best.
        if (score > thresholds.score()) {
          queue.add(new Waiting(best.candidate(), score, best.rank(), count));
        }
        continue;
      }
      chosen[count++] = best.candidate();
      Face face = candidates.face(best.candidate()).scored((float) score);
      if (thresholds.admits(face.box())) {
        faces.add(face);
      }
    }
    return faces;
  }

  private static double weight(Candidates candidates, int one, int other, Thresholds thresholds) {
    float overlap = candidates.intersectionOverUnion(one, other);
    return overlap > thresholds.intersectionOverUnion() ? 1.0 - overlap : 1;
  }

  @Override
  public boolean asksForSupport() {
    return false;
  }

  @Override
  public String label() {
    return "soft-nms";
  }
}
