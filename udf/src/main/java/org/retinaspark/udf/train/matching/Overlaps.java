package org.retinaspark.udf.train.matching;

import java.util.Arrays;
import java.util.List;
import org.retinaspark.udf.detect.Box;

/**
 * Which faces a reference overlaps, and how much. Faces are filed by the cells of a grid that they
 * touch, so that those far away aren't looked at, whether references are regular or not.
 */
final class Overlaps {

  private static final int MOST_CELLS = 32;

  private final References references;
  private final float[] corners;

  /** Cells along each side of the grid, about one a face in all: few faces need no finer one. */
  private final int side;

  private final double cellsPerColumn;
  private final double cellsPerRow;

  /** Where the faces of each cell begin in {@link #filed}; one more at the end. */
  private final int[] starts;

  private final int[] filed;
  private final int[] found;
  private final float[] ratios;
  private final float[] shares;
  private int count;

  /** Faces of some width and height. */
  Overlaps(References references, List<Box> faces) {
    this.references = references;
    side = (int) Math.max(1, Math.min(Math.ceil(Math.sqrt(faces.size())), MOST_CELLS));
    starts = new int[side * side + 1];
    cellsPerColumn = (double) side / references.tensorWidth();
    cellsPerRow = (double) side / references.tensorHeight();
    corners = new float[faces.size() * 4];
    for (int face = 0; face < faces.size(); face++) {
      Box box = faces.get(face);
      corners[face * 4] = box.x1();
      corners[face * 4 + 1] = box.y1();
      corners[face * 4 + 2] = box.x2();
      corners[face * 4 + 3] = box.y2();
    }
    found = new int[faces.size()];
    ratios = new float[faces.size()];
    shares = new float[faces.size()];
    filed = file();
  }

  private int[] file() {
    int[] sizes = new int[side * side];
    for (int face = 0; face < found.length; face++) {
      for (int row = row(corners[face * 4 + 1]); row <= row(corners[face * 4 + 3]); row++) {
        for (int column = column(corners[face * 4]); column <= column(corners[face * 4 + 2]); ) {
          sizes[row * side + column++]++;
        }
      }
    }
    for (int cell = 0; cell < sizes.length; cell++) {
      starts[cell + 1] = starts[cell] + sizes[cell];
    }
    int[] entries = new int[starts[sizes.length]];
    int[] next = Arrays.copyOf(starts, sizes.length);
    for (int face = 0; face < found.length; face++) {
      for (int row = row(corners[face * 4 + 1]); row <= row(corners[face * 4 + 3]); row++) {
        for (int column = column(corners[face * 4]); column <= column(corners[face * 4 + 2]); ) {
          entries[next[row * side + column++]++] = face;
        }
      }
    }
    return entries;
  }

  private int column(float x) {
    return Math.max(0, Math.min((int) (x * cellsPerColumn), side - 1));
  }

  private int row(float y) {
    return Math.max(0, Math.min((int) (y * cellsPerRow), side - 1));
  }

  /** Turns to the faces of a reference, in no particular order. */
  void turnTo(int reference) {
    count = 0;
    float left = references.left(reference);
    float top = references.top(reference);
    float right = references.right(reference);
    float bottom = references.bottom(reference);
    double area = (double) (right - left) * (bottom - top);
    for (int row = row(top); row <= row(bottom); row++) {
      for (int column = column(left); column <= column(right); column++) {
        int cell = row * side + column;
        for (int entry = starts[cell]; entry < starts[cell + 1]; entry++) {
          int at = filed[entry] * 4;
          float x = Math.max(left, corners[at]);
          float y = Math.max(top, corners[at + 1]);
          float width = Math.min(right, corners[at + 2]) - x;
          float height = Math.min(bottom, corners[at + 3]) - y;
          // Of the cells that a reference and a face share, only one tells of them.
          if (width > 0 && height > 0 && row(y) == row && column(x) == column) {
            add(filed[entry], (double) width * height, area);
          }
        }
      }
    }
  }

  private void add(int face, double intersection, double area) {
    int at = face * 4;
    double own = (double) (corners[at + 2] - corners[at]) * (corners[at + 3] - corners[at + 1]);
    found[count] = face;
    ratios[count] = (float) (intersection / (area + own - intersection));
    shares[count] = (float) (intersection / area);
    count++;
  }

  /** How many faces it overlaps. */
  int count() {
    return count;
  }

  /** The so manieth face, as its index. */
  int face(int number) {
    return found[number];
  }

  /** The IoU with that face. */
  float intersectionOverUnion(int number) {
    return ratios[number];
  }

  /** How much of the reference that face covers. */
  float share(int number) {
    return shares[number];
  }
}
