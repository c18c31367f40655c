package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Pictures of {@code width} and {@code height} are row by row, '.' where nothing is seen. */
final class VisibleSurfaceTest {

  private static final double ROUNDING = 1e-9;
  private static final int[] TWO = {0, 1, 2, 3, 4, 5};

  @Test
  void aPixelBelongsWhereItsCentreLies() {
    float[] square = {0.5f, 0.5f, 0, 0.5f, 2.6f, 0, 3.4f, 2.6f, 0, 3.4f, 0.5f, 0};
    int[] halves = {0, 1, 2, 0, 2, 3};
    assertThat(picture(square, halves, 4, 4)).isEqualTo("abb. aab. aaa. ....");
  }

  @Test
  void theNearestIsSeenAndTiltsAreFollowed() {
    // Two that cross: one flat at z 0, one from -2 on the left to 2 on the right.
    float[] crossing = {
      0, 0, 0, 0, 20, 0, 8, 0, 0,
      0, 0, -2, 0, 20, -2, 8, 0, 2
    };
    assertThat(picture(crossing, TWO, 8, 1)).isEqualTo("bbbbaaaa");
  }

  @Test
  void whatFacesAwayIsNotSeenAndHidesNothing() {
    float[] vertices = {
      0, 0, 5, 0, 20, 5, 8, 0, 5,
      0, 0, 0, 8, 0, 0, 0, 20, 0
    };
    assertThat(picture(vertices, TWO, 8, 1)).isEqualTo("aaaaaaaa");
  }

  @Test
  void whatIsOutsideTheFrameIsLeftOut() {
    float[] around = {-100, -100, 0, -100, 300, 0, 300, -100, 0, 10, 10, 0, 10, 20, 0, 20, 10, 0};
    assertThat(picture(around, TWO, 3, 2)).isEqualTo("aaa aaa");
    float[] beside = {4, 0, 0, 4, 9, 0, 9, 0, 0, -9, 0, 0, -9, 9, 0, -4, 0, 0};
    assertThat(picture(beside, TWO, 3, 2)).isEqualTo("... ...");
  }

  @Test
  void numbersAreSoLargeAsFloatsAre() {
    float huge = Float.MAX_VALUE;
    float[] around = {
      -huge / 2, -huge / 2, 1, -huge / 2, huge, huge, huge, -huge / 2, 1, 1, 0, 0, 1, 2, 0, 2, 0, 0
    };
    assertThat(picture(around, TWO, 3, 2)).isEqualTo("aba aaa");
  }

  @Property(tries = 200)
  void isWhatAllTrianglesSayAtEachCentre(@ForAll long seed) {
    Random random = new Random(seed);
    int[] triangles = random.ints(30, 0, 12).toArray();
    float[] vertices = new float[36];
    for (int at = 0; at < vertices.length; at++) {
      // Some on centres and sides of pixels, where a triangle's own sides count.
      vertices[at] = random.nextInt(-4, 25) / 2f + (at % 4 == 0 ? random.nextFloat() : 0);
    }
    String[] rows = picture(vertices, triangles, 10, 9).split(" ", -1);
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length(); column++) {
        assertNearest(vertices, triangles, column, row, rows[row].charAt(column));
      }
    }
  }

  /** By barycentric coordinates; within rounding, either side of a border is right. */
  private static void assertNearest(
      float[] vertices, int[] triangles, int column, int row, char seen) {
    double[] centre = {column + 0.5, row + 0.5};
    double nearest = Double.POSITIVE_INFINITY;
    double depth = Double.POSITIVE_INFINITY;
    for (int triangle = 0; triangle < triangles.length / 3; triangle++) {
      double[][] corner = new double[3][3];
      for (int at = 0; at < 9; at++) {
        corner[at / 3][at % 3] = vertices[triangles[triangle * 3 + at / 3] * 3 + at % 3];
      }
      double whole = twice(corner[0], corner[1], corner[2]);
      double one = twice(centre, corner[1], corner[2]);
      double two = twice(corner[0], centre, corner[2]);
      double three = twice(corner[0], corner[1], centre);
      double z = (one * corner[0][2] + two * corner[1][2] + three * corner[2][2]) / whole;
      double within = -Math.max(one, Math.max(two, three));
      if (whole < 0 && within > ROUNDING) {
        nearest = Math.min(nearest, z);
      }
      if (seen == 'a' + triangle) {
        assertThat(whole).isNegative();
        assertThat(within).isGreaterThan(-ROUNDING);
        depth = z;
      }
    }
    assertThat(depth)
        .as("column %d, row %d: %s", column, row, seen)
        .isLessThanOrEqualTo(nearest + 1e-6);
  }

  private static double twice(double[] a, double[] b, double[] c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  }

  private static String picture(float[] vertices, int[] triangles, int width, int height) {
    byte[] regions = new byte[triangles.length / 3];
    for (int region = 0; region < regions.length; region++) {
      regions[region] = (byte) region;
    }
    char[][] picture = new char[height][width];
    for (char[] row : picture) {
      Arrays.fill(row, '.');
    }
    boolean whole =
        new VisibleSurface(vertices, triangles, width, height)
            .paint(
                regions,
                (region, start, end) -> {
                  for (long at = start; at < end; at++) {
                    picture[(int) at % height][(int) at / height] = (char) ('a' + region);
                  }
                });
    assertThat(whole).isTrue();
    return String.join(" ", Arrays.stream(picture).map(String::new).toList());
  }
}
