package org.retinaspark.udf.detect;

import java.util.List;

/**
 * The pure part of a face detector: one image gives its network inputs, and their raw outputs give
 * its faces. Stateless, so that all threads of an executor share one.
 */
public final class Detector {

  private final Family family;
  private final InputSize size;
  private final Protocol protocol;
  private final Thresholds thresholds;

  /**
   * A detector for a model.
   *
   * @throws IllegalArgumentException if the model's input size can't serve the protocol
   */
  public Detector(Family family, InputSize size, Protocol protocol, Thresholds thresholds) {
    protocol.requireServedBy(size);
    this.family = family;
    this.size = size;
    this.protocol = protocol;
    this.thresholds = thresholds;
  }

  /** The network inputs that an image of this width and height becomes. */
  public List<Placement> placements(int width, int height) {
    return protocol.placements(width, height, size);
  }

  /**
   * How much of the resolution of an image its network inputs use: the largest share of its long
   * side that any of them takes. 1 where the image is used as it is, more where it is enlarged.
   */
  public double usefulShare(int width, int height) {
    double share = 0;
    for (Placement placement : placements(width, height)) {
      double longSide = Math.max(placement.contentWidth(), placement.contentHeight());
      share = Math.max(share, longSide / Math.max(width, height));
    }
    return share;
  }

  /**
   * What exceeds the score threshold in one network input, or what could support that, and is large
   * enough for the input, in the coordinates of the image; of too many the best.
   *
   * @param output what the network said of one of the image's {@link #placements}; not used any
   *     more after the call
   * @throws InvalidOutputException if an output can't be what the model's family promises
   */
  public Candidates candidates(NetworkOutput output) {
    Candidates candidates = new Candidates(family.mirror());
    boolean supports = protocol.asksForSupport() || family.averagesMeshes();
    float score = supports ? thresholds.support() : thresholds.score();
    family.decode(output, score, candidates);
    return candidates.of(output.placement()).best(thresholds.candidates());
  }

  /**
   * The faces of an image, best first.
   *
   * @param candidates those of each of the image's {@link #placements}
   */
  public List<Face> faces(List<Candidates> candidates) {
    List<Face> faces = protocol.merge().faces(Candidates.joined(candidates), thresholds);
    return faces.stream().filter(face -> face.score() > thresholds.score()).toList();
  }
}
