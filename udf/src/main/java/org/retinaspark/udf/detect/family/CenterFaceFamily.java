package org.retinaspark.udf.detect.family;

import java.nio.FloatBuffer;
import java.util.List;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Family;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.Mirror;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Point;

/**
 * CenterFace (Xu et al., 2019) as Star-Clouds/CenterFace exports it: faces as points of a heat map
 * at stride 4. Outputs, in this order: the heat map {@code [batch, 1, h, w]} (sigmoid inside the
 * graph), the sides {@code [batch, 2, h, w]} (logarithms of strides, height before width), the
 * offset of the centre from the cell's {@code [batch, 2, h, w]} (strides, y before x) and the
 * landmarks {@code [batch, 10, h, w]} (from the box's top-left corner, in its sides, y before x).
 *
 * <p>Every cell above the threshold is a candidate, left to suppression: the reference picks no
 * peaks ({@code decode} of {@code prj-python/centerface.py}).
 */
public record CenterFaceFamily() implements Family {

  /** The family's {@link #name}. */
  public static final String NAME = "centerface";

  private static final int STRIDE = 4;
  private static final List<AnchorLevel> ANCHORS =
      List.of(new AnchorLevel(STRIDE, List.of((float) STRIDE)));

  private static final Mirror MIRROR = new Mirror(0, Mirror.FIVE_LANDMARKS);

  private static final int POINTS = 5;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<AnchorLevel> anchors() {
    return ANCHORS;
  }

  @Override
  public Mirror mirror() {
    return MIRROR;
  }

  @Override
  public void decode(NetworkOutput output, float scoreThreshold, Candidates candidates) {
    Placement placement = output.placement();
    AnchorLevel level = ANCHORS.get(0);
    int cells = Math.toIntExact(level.count(placement.tensorWidth(), placement.tensorHeight()));
    int columns = level.cells(placement.tensorWidth());
    FloatBuffer heat = output.tensor(0, cells);
    FloatBuffer sides = output.tensor(1, cells * 2L);
    FloatBuffer offsets = output.tensor(2, cells * 2L);
    FloatBuffer points = output.tensor(3, cells * 2L * POINTS);
    for (int cell = 0; cell < cells; cell++) {
      float score = heat.get(cell);
      if (Float.isNaN(score)) {
        throw new InvalidOutputException("the network gave a score that is not a number");
      }
      if (score > scoreThreshold) {
        float height = (float) Math.exp(sides.get(cell)) * STRIDE;
        float width = (float) Math.exp(sides.get(cells + cell)) * STRIDE;
        int row = cell / columns;
        float y = (row + offsets.get(cell) + 0.5f) * STRIDE - height / 2;
        float x = (cell % columns + offsets.get(cells + cell) + 0.5f) * STRIDE - width / 2;
        candidates.add(placement, score, new Box(x, y, x + width, y + height));
        for (int point = 0; point < POINTS; point++) {
          int at = 2 * point * cells + cell;
          float pointY = y + points.get(at) * height;
          float pointX = x + points.get(at + cells) * width;
          candidates.landmark(placement, point, new Point(pointX, pointY));
        }
      }
    }
  }
}
