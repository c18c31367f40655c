package org.retinaspark.job.train.fit;

import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.train.matching.TargetCoder;

/** The deltas of the labelled box: x, y, width, height. */
record BoxTarget(BoxCoder coder) implements Target {

  @Override
  public int values() {
    return HeadTask.BOX.perAnchor();
  }

  @Override
  public float @Nullable [] encode(ImageRows rows, int row) {
    return rows.positive(row)
        ? Target.finite(
            new TargetCoder(coder).box(rows.reference(row), Target.seen(rows, row), rows.box(row)))
        : null;
  }
}
