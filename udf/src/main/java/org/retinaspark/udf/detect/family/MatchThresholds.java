package org.retinaspark.udf.detect.family;

import java.io.Serializable;

/**
 * Which anchors a stage was trained to call a face: those whose IoU with a labelled box is at least
 * {@code positive}, not those below {@code negative}; what lies between taught it nothing.
 *
 * @param positive from 0 to 1
 * @param negative from 0 to {@code positive}
 */
public record MatchThresholds(float positive, float negative) implements Serializable {

  /** The paper's first head, which sees the regular anchors (section 3.2, "cascaded heads"). */
  public static final MatchThresholds FIRST_STAGE = new MatchThresholds(0.7f, 0.3f);

  /** The paper's second head, which sees the boxes that the first made of them. */
  public static final MatchThresholds SECOND_STAGE = new MatchThresholds(0.5f, 0.4f);

  /** {@code threshold} of {@code match} of biubug6/Pytorch_Retinaface, as its training gives it. */
  public static final MatchThresholds ONE_STAGE = new MatchThresholds(0.35f, 0.35f);

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if they are not what they must be
   */
  public MatchThresholds {
    if (!(0 <= negative && negative <= positive && positive <= 1)) {
      throw new IllegalArgumentException(
          "anchors match from an IoU of %s, and don't below %s, but it must be 0 <= %s <= %s <= 1"
              .formatted(positive, negative, negative, positive));
    }
  }
}
