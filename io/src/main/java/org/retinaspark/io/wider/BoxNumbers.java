package org.retinaspark.io.wider;

/** How boxes are written into detection files. */
public enum BoxNumbers {
  /** As they are: reading them back gives the same numbers to the last bit. */
  FLOAT {
    @Override
    void append(StringBuilder text, double x, double y, double width, double height) {
      text.append(x).append(' ').append(y).append(' ').append(width).append(' ').append(height);
    }
  },
  /** Corners cut to whole pixels towards zero, for tools that read only integers. */
  INTEGER {
    @Override
    void append(StringBuilder text, double x, double y, double width, double height) {
      long left = (long) x;
      long top = (long) y;
      text.append(left).append(' ').append(top).append(' ');
      text.append((long) (x + width) - left).append(' ').append((long) (y + height) - top);
    }
  };

  abstract void append(StringBuilder text, double x, double y, double width, double height);
}
