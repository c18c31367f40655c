package org.retinaspark.job.train.fit;

import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.train.matching.TargetCoder;

/** The deltas of the labelled landmarks, x and y of each. */
record LandmarkTarget(BoxCoder coder) implements Target {

  @Override
  public int values() {
    return HeadTask.LANDMARKS.perAnchor();
  }

  @Override
  public float @Nullable [] encode(ImageRows rows, int row) {
    float[] landmarks = rows.positive(row) ? rows.landmarks(row) : null;
    return landmarks == null
        ? null
        : Target.finite(
            new TargetCoder(coder)
                .landmarks(rows.reference(row), Target.seen(rows, row), landmarks));
  }
}
