package org.retinaspark.udf.train.view;

/** Whether views have the colours of their photo. */
public enum ColourUse {
  /** They have. */
  KEPT,
  /** They get others, drawn for each. */
  DISTORTED
}
