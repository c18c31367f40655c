package org.retinaspark.io.wider;

import java.util.List;
import java.util.Locale;

/**
 * The attributes of a face in WIDER FACE, in the order of the annotation text's columns, with the
 * names of their values 0, 1, 2. Source: {@code readme.txt} of the release {@code
 * wider_face_split}.
 */
public enum FaceAttribute {
  BLUR(0, "clear normal heavy"),
  EXPRESSION(1, "typical exaggerate"),
  ILLUMINATION(2, "normal extreme"),
  /** Whether the annotators found the box unusable; not an attribute to slice by. */
  INVALID(3, "valid invalid"),
  OCCLUSION(4, "none partial heavy"),
  POSE(5, "typical atypical");

  /** The number of attributes. */
  public static final int COUNT = 6;

  private final int column;
  private final String values;

  FaceAttribute(int column, String values) {
    this.column = column;
    this.values = values;
  }

  /** Where the attribute stands among the six, from 0. */
  public int column() {
    return column;
  }

  /** The names of the values, by value. */
  public List<String> valueNames() {
    return List.of(values.split(" ", -1));
  }

  /** The attribute's name in lower case, as in the variables of the MATLAB files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
