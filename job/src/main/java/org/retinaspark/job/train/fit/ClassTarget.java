package org.retinaspark.job.train.fit;

/** The probability of a face: 1 of a positive, 0 of a negative. */
record ClassTarget() implements Target {

  @Override
  public int values() {
    return 1;
  }

  @Override
  public float[] encode(ImageRows rows, int row) {
    return new float[] {rows.positive(row) ? 1 : 0};
  }
}
