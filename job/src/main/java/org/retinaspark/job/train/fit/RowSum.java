package org.retinaspark.job.train.fit;

import java.io.Serializable;

/** Some numbers that are summed over rows. */
interface RowSum extends Serializable {

  /** How many they are. */
  int length();

  /** Adds those of the rows of an image. */
  void add(ImageRows rows, double[] sum);
}
