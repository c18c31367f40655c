package org.retinaspark.udf.train.matching;

/** What each anchor of a network input is to be called. */
public final class Matches {

  /** In place of a face: background. */
  public static final int NEGATIVE = -1;

  /** In place of a face: neither a face nor background. */
  public static final int IGNORED = -2;

  private final int[] faces;
  private final float[] overlaps;

  Matches(int[] faces, float[] overlaps) {
    this.faces = faces;
    this.overlaps = overlaps;
  }

  /** How many anchors there are. */
  public int count() {
    return faces.length;
  }

  /** The {@link LabelledBox#face} of an anchor, {@link #NEGATIVE} or {@link #IGNORED}. */
  public int face(int index) {
    return faces[index];
  }

  /**
   * The IoU of an anchor's reference with its face; for one that has none, the largest with any
   * face that isn't ignored.
   */
  public float intersectionOverUnion(int index) {
    return overlaps[index];
  }
}
