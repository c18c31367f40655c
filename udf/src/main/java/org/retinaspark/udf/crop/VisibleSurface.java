package org.retinaspark.udf.crop;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * What a camera sees of a mesh, pixel by pixel: a z-buffer of one column, for the run-length code
 * goes down the columns, and a frame of any size costs no more memory than its height.
 *
 * <p>A pixel sees the triangle in which its centre lies, sides included, and of several the one of
 * the smallest z there; at one z, the first. Triangles that face away are never seen: of a head,
 * which isn't hollow, what is before them hides them. Neighbours compute their common side in the
 * same way, so that no pixel falls between.
 */
final class VisibleSurface {

  /**
   * Layers of triangles over the mesh's box, and runs a column, that no face has: the 16 of
   * AFLW2000-3D have at most 1 and 11. They bound what hostile vertices cost.
   */
  private static final long MOST_LAYERS = 4;

  private static final long MOST_RUNS = 100;

  /** What a small face may cost whatever its shape. */
  private static final long SMALL = 65_536;

  private static final int CORNERS = 3;
  private static final int NOTHING = -1;

  private final float[] vertices;
  private final int[] triangles;
  private final int height;
  private final Span columns;
  private final Span rows;
  private final int[] nearest;
  private final double[] depth;

  // Where the column at hand meets the triangle at hand: upper and lower end.
  private double top;
  private double topDepth;
  private double bottom;
  private double bottomDepth;

  /** Takes what is seen, from the first pixel of the frame to the last. */
  interface Painter {

    /**
     * A run of pixels.
     *
     * @param region what they show
     * @param start the first, numbered down the columns of the frame, from 0
     * @param end behind the last
     */
    void paint(int region, long start, long end);
  }

  /** Pixels of a row or a column. */
  private record Span(int start, int end) {

    /** Those with their centre between two coordinates, both included. */
    static Span between(double least, double most, int pixels) {
      int start = (int) Math.ceil(Math.max(0, least - 0.5));
      int end = (int) Math.floor(Math.min(pixels, most + 0.5));
      return new Span(start, Math.max(start, end));
    }

    Span within(Span other) {
      int first = Math.max(start, other.start);
      return new Span(first, Math.max(first, Math.min(end, other.end)));
    }

    int size() {
      return end - start;
    }
  }

  /**
   * A mesh in a frame.
   *
   * @param vertices {@code [vertices, 3]}: finite; x and y in pixels, z growing away from the
   *     camera
   * @param triangles {@code [n, 3]}: vertices, against the clock where they face the camera
   */
  VisibleSurface(float[] vertices, int[] triangles, int width, int height) {
    this.vertices = vertices;
    this.triangles = triangles;
    this.height = height;
    this.columns = extent(0, width);
    this.rows = extent(1, height);
    this.nearest = new int[rows.size()];
    this.depth = new double[nearest.length];
  }

  private Span extent(int axis, int pixels) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int at = axis; at < vertices.length; at += MeshTopology.AXES) {
      least = Math.min(least, vertices[at]);
      most = Math.max(most, vertices[at]);
    }
    return Span.between(least, most, pixels);
  }

  /**
   * Paints what is seen.
   *
   * @param regions {@code [n]}: of each triangle
   * @return whether it was painted to the end, which a crumpled mesh isn't
   */
  boolean paint(byte[] regions, Painter painter) {
    int[] facing = facing();
    long steps = 0;
    long runs = 0;
    long mostSteps = SMALL;
    long mostRuns = SMALL;
    for (int column = columns.start; column < columns.end; column++) {
      Arrays.fill(nearest, NOTHING);
      for (int triangle : facing) {
        if (meets(triangle, column + 0.5)) {
          steps += draw(triangle);
        }
      }
      runs += tell(column, regions, painter);
      mostSteps += MOST_LAYERS * rows.size();
      mostRuns += MOST_RUNS;
      if (steps > mostSteps || runs > mostRuns) {
        return false;
      }
    }
    return true;
  }

  private int[] facing() {
    return IntStream.range(0, triangles.length / CORNERS).filter(this::facesTheCamera).toArray();
  }

  private boolean facesTheCamera(int triangle) {
    int a = corner(triangle, 0);
    int b = corner(triangle, 1);
    int c = corner(triangle, 2);
    return (x(b) - x(a)) * (y(c) - y(a)) < (y(b) - y(a)) * (x(c) - x(a));
  }

  /** Finds where the line of an x meets a triangle, if it does. */
  private boolean meets(int triangle, double x) {
    top = Double.POSITIVE_INFINITY;
    bottom = Double.NEGATIVE_INFINITY;
    cut(corner(triangle, 0), corner(triangle, 1), x);
    cut(corner(triangle, 1), corner(triangle, 2), x);
    cut(corner(triangle, 2), corner(triangle, 0), x);
    return top <= bottom;
  }

  /** Cuts a side, from left to right whichever way the triangle goes. */
  private void cut(int one, int other, double x) {
    int left = x(one) < x(other) ? one : other;
    int right = left == one ? other : one;
    double run = x(right) - x(left);
    if (run == 0 || x < x(left) || x > x(right)) {
      return;
    }
    double share = (x - x(left)) / run;
    double y = y(left) + share * (y(right) - y(left));
    double z = z(left) + share * (z(right) - z(left));
    if (y < top) {
      top = y;
      topDepth = z;
    }
    if (y > bottom) {
      bottom = y;
      bottomDepth = z;
    }
  }

  /** Puts the triangle at hand where it is nearer than those before; tells its pixels. */
  private long draw(int triangle) {
    Span span = Span.between(top, bottom, height).within(rows);
    double slope = bottom > top ? (bottomDepth - topDepth) / (bottom - top) : 0;
    for (int row = span.start; row < span.end; row++) {
      double z = topDepth + slope * (row + 0.5 - top);
      int at = row - rows.start;
      if (nearest[at] == NOTHING || z < depth[at]) {
        nearest[at] = triangle;
        depth[at] = z;
      }
    }
    return span.size();
  }

  /** Tells the runs of a column. */
  private int tell(int column, byte[] regions, Painter painter) {
    long first = (long) column * height + rows.start;
    int runs = 0;
    int start = 0;
    while (start < nearest.length) {
      int region = region(start, regions);
      int end = start + 1;
      while (end < nearest.length && region(end, regions) == region) {
        end++;
      }
      if (region != NOTHING) {
        painter.paint(region, first + start, first + end);
        runs++;
      }
      start = end;
    }
    return runs;
  }

  private int region(int row, byte[] regions) {
    return nearest[row] == NOTHING ? NOTHING : regions[nearest[row]];
  }

  private int corner(int triangle, int corner) {
    return triangles[CORNERS * triangle + corner] * MeshTopology.AXES;
  }

  private double x(int vertex) {
    return vertices[vertex];
  }

  private double y(int vertex) {
    return vertices[vertex + 1];
  }

  private double z(int vertex) {
    return vertices[vertex + 2];
  }
}
