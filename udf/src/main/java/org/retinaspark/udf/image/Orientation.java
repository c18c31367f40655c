package org.retinaspark.udf.image;

/** What to do with the EXIF orientation of a file. */
public enum Orientation {
  /** Turn and mirror the pixels so that the image stands upright, as viewers and OpenCV do. */
  APPLY,
  /** Leave the pixels as stored. */
  IGNORE
}
