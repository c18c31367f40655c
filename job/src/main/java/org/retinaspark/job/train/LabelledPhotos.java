package org.retinaspark.job.train;

import org.jspecify.annotations.Nullable;
import org.retinaspark.io.labels.ImageBoxes;
import org.retinaspark.io.labels.LabelBoxes;
import org.retinaspark.udf.train.sampling.LabelledBoxes;
import org.retinaspark.udf.train.sampling.TrainingLabels;

/**
 * Where labels meet the executors' work: the labelled boxes of a photo, by its key in the table.
 *
 * @param boxes of all labels
 */
record LabelledPhotos(LabelBoxes boxes) implements TrainingLabels.BoxesByImage {

  @Override
  public @Nullable LabelledBoxes of(String image) {
    ImageBoxes found = boxes.of(image);
    if (found == null) {
      return null;
    }
    boolean[] ignored = new boolean[found.count()];
    for (int face = 0; face < ignored.length; face++) {
      ignored[face] = found.ignored().get(face);
    }
    return new LabelledBoxes(found.boxes(), ignored);
  }
}
