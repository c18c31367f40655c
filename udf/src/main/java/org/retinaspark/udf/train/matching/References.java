package org.retinaspark.udf.train.matching;

import java.nio.FloatBuffer;
import java.util.List;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.detect.family.BoxDeltas;

/**
 * What the boxes of one network input are told relative to, one reference an anchor, in the order
 * of the family's outputs: the anchors themselves, or the boxes that a first stage made of them.
 */
public final class References {

  private static final int VALUES = 4;

  private final List<AnchorLevel> levels;
  private final int tensorWidth;
  private final int tensorHeight;
  private final float[] values;

  private References(List<AnchorLevel> levels, int tensorWidth, int tensorHeight, float[] values) {
    this.levels = levels;
    this.tensorWidth = tensorWidth;
    this.tensorHeight = tensorHeight;
    this.values = values;
  }

  /**
   * The anchors of a network input.
   *
   * @throws IllegalArgumentException if there are more than an array holds
   */
  public static References anchors(AnchorFamily family, int tensorWidth, int tensorHeight) {
    List<AnchorLevel> levels = family.anchors();
    long count = levels.stream().mapToLong(it -> it.count(tensorWidth, tensorHeight)).sum();
    if (count > Integer.MAX_VALUE / VALUES) {
      throw new IllegalArgumentException(
          "a network input of %dx%d has %d anchors, which can't be matched: give smaller scales"
              .formatted(tensorWidth, tensorHeight, count));
    }
    float[] values = new float[(int) count * VALUES];
    int at = 0;
    for (AnchorLevel level : levels) {
      int rows = level.cells(tensorHeight);
      int columns = level.cells(tensorWidth);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          for (float size : level.sizes()) {
            values[at++] = (column + 0.5f) * level.stride();
            values[at++] = (row + 0.5f) * level.stride();
            values[at++] = size;
            values[at++] = size;
          }
        }
      }
    }
    return new References(levels, tensorWidth, tensorHeight, values);
  }

  /**
   * What a first stage made of these.
   *
   * @param boxes its output {@code [anchors, 4]}, from index 0 on
   * @throws InvalidOutputException if it has another size, or a box isn't finite
   */
  public References refined(BoxCoder coder, FloatBuffer boxes) {
    if (boxes.limit() != values.length) {
      throw new InvalidOutputException(
          "the first stage gave %d values of boxes for %d anchors"
              .formatted(boxes.limit(), count()));
    }
    float[] refined = new float[values.length];
    for (int index = 0; index < count(); index++) {
      int at = index * VALUES;
      BoxDeltas deltas =
          new BoxDeltas(boxes.get(at), boxes.get(at + 1), boxes.get(at + 2), boxes.get(at + 3));
      Anchor reference = coder.anchor(coder.decode(anchor(index), deltas));
      refined[at] = finite(reference.x());
      refined[at + 1] = finite(reference.y());
      refined[at + 2] = finite(reference.width());
      refined[at + 3] = finite(reference.height());
    }
    return new References(levels, tensorWidth, tensorHeight, refined);
  }

  private static float finite(float value) {
    if (!Float.isFinite(value)) {
      throw new InvalidOutputException("the first stage gave a box that is not finite");
    }
    return value;
  }

  /** How many there are. */
  public int count() {
    return values.length / VALUES;
  }

  /** The reference of an anchor, in network pixels. */
  public Anchor anchor(int index) {
    int at = index * VALUES;
    return new Anchor(values[at], values[at + 1], values[at + 2], values[at + 3]);
  }

  /** Which anchor it is. */
  public AnchorPlace place(int index) {
    long before = 0;
    for (int number = 0; ; number++) {
      AnchorLevel level = levels.get(number);
      long count = level.count(tensorWidth, tensorHeight);
      if (index < before + count) {
        int inLevel = (int) (index - before);
        int sizes = level.sizes().size();
        int columns = level.cells(tensorWidth);
        return new AnchorPlace(
            number, inLevel / sizes / columns, inLevel / sizes % columns, inLevel % sizes);
      }
      before += count;
    }
  }

  /** Columns of the input. */
  int tensorWidth() {
    return tensorWidth;
  }

  /** Rows of the input. */
  int tensorHeight() {
    return tensorHeight;
  }

  float left(int index) {
    return values[index * VALUES] - values[index * VALUES + 2] / 2;
  }

  float right(int index) {
    return values[index * VALUES] + values[index * VALUES + 2] / 2;
  }

  float top(int index) {
    return values[index * VALUES + 1] - values[index * VALUES + 3] / 2;
  }

  float bottom(int index) {
    return values[index * VALUES + 1] + values[index * VALUES + 3] / 2;
  }
}
