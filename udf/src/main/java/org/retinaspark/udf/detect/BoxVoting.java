package org.retinaspark.udf.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Box voting: from the best score down, a candidate that no better face has claimed becomes a face
 * and claims all whose IoU with it reaches the threshold. The corners and landmarks of the face are
 * the means of those of all that it claimed, weighted by their scores; its score and meshes are the
 * best one's. A face that claimed no other candidate is dropped: what one input of several shows
 * alone is rarely a face.
 *
 * <p>{@code bbox_vote} of InsightFace's {@code retinaface.py}, after Gidaris and Komodakis, "Object
 * detection via a multi-region and semantic segmentation-aware CNN model", section 4.3. Equal
 * scores go by {@link Candidates#ranked()}. Other than there, the last candidate is dropped too if
 * it stands alone, and candidates that don't touch never vote together, whatever the threshold.
 */
public record BoxVoting() implements Merge {

  @Override
  public List<Face> faces(Candidates candidates, Thresholds thresholds) {
    // IoU above the next smaller float: the threshold itself is enough, but never 0.
    float exceeded = Math.max(0, Math.nextDown(thresholds.intersectionOverUnion()));
    BoxGrid best = new BoxGrid(candidates, exceeded);
    List<Ballot> ballots = new ArrayList<>();
    for (int candidate : candidates.ranked()) {
      int claimed = best.first(candidate);
      if (claimed == BoxGrid.NONE) {
        claimed = best.size();
        best.add(candidate);
        ballots.add(new Ballot(candidates.points()));
      }
      ballots.get(claimed).add(candidates, candidate);
    }
    List<Face> faces = new ArrayList<>();
    for (int box = 0; box < best.size() && faces.size() < thresholds.faces(); box++) {
      Ballot ballot = ballots.get(box);
      if (ballot.votes > 1) {
        Face face = candidates.face(best.candidate(box)).at(ballot.box(), ballot.landmarks());
        if (thresholds.admits(face.box())) {
          faces.add(face);
        }
      }
    }
    return faces;
  }

  @Override
  public boolean asksForSupport() {
    return true;
  }

  @Override
  public String label() {
    return "vote";
  }

  /** The candidates that a face claimed, summed up. */
  private static final class Ballot {

    private int votes;
    private double weight;

    /** Of x1, y1, x2, y2, and of x and y of each landmark, weighted. */
    private final double[] sums;

    Ballot(int points) {
      sums = new double[4 + 2 * points];
    }

    void add(Candidates candidates, int candidate) {
      double score = candidates.score(candidate);
      votes++;
      weight += score;
      sums[0] += score * candidates.x1(candidate);
      sums[1] += score * candidates.y1(candidate);
      sums[2] += score * candidates.x2(candidate);
      sums[3] += score * candidates.y2(candidate);
      for (int point = 0; point < candidates.points(); point++) {
        Point place = candidates.landmark(candidate, point);
        sums[4 + 2 * point] += score * place.x();
        sums[5 + 2 * point] += score * place.y();
      }
    }

    Box box() {
      return new Box(mean(0), mean(1), mean(2), mean(3));
    }

    List<Point> landmarks() {
      List<Point> landmarks = new ArrayList<>();
      for (int value = 4; value < sums.length; value += 2) {
        landmarks.add(new Point(mean(value), mean(value + 1)));
      }
      return landmarks;
    }

    private float mean(int value) {
      return (float) (sums[value] / weight);
    }
  }
}
