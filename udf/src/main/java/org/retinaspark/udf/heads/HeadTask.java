package org.retinaspark.udf.heads;

/** What a head tells of each anchor. */
public enum HeadTask {
  /** Logits of background and face. */
  CLASS(2),
  /** The deltas of a box: x, y, width, height. */
  BOX(4),
  /** The deltas of five landmarks: x and y of left eye, right eye, nose, left and right mouth. */
  LANDMARKS(10);

  private final int values;

  HeadTask(int values) {
    this.values = values;
  }

  /** Numbers that it gives an anchor. */
  public int perAnchor() {
    return values;
  }
}
