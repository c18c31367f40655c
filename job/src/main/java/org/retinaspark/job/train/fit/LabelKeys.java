package org.retinaspark.job.train.fit;

import java.io.Serializable;

/** Which labels are of which image. */
@FunctionalInterface
public interface LabelKeys extends Serializable {

  /** The key of the labels of an image, and its own where it has none. */
  String labelled(String image);
}
