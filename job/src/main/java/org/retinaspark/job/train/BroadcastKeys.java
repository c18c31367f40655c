package org.retinaspark.job.train;

import org.apache.spark.broadcast.Broadcast;
import org.retinaspark.io.labels.ImageBoxes;
import org.retinaspark.io.labels.LabelBoxes;
import org.retinaspark.job.train.fit.LabelKeys;

/**
 * Which labels are of which photo, for tasks.
 *
 * @param boxes of all labels
 */
record BroadcastKeys(Broadcast<LabelBoxes> boxes) implements LabelKeys {

  @Override
  public String labelled(String image) {
    ImageBoxes found = boxes.value().of(image);
    return found == null ? image : found.image();
  }
}
