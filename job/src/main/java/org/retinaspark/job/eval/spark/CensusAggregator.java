package org.retinaspark.job.eval.spark;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import org.retinaspark.job.eval.Census;
import scala.Tuple4;

/** The first pass: what there is, what is wrong with it, and the exact range of scores. */
final class CensusAggregator
    extends Aggregator<Tuple4<String, byte[], byte[], Integer>, Census, Census> {

  private static final long serialVersionUID = 1L;

  @Override
  public Census zero() {
    return new Census();
  }

  @Override
  public Census reduce(Census census, Tuple4<String, byte[], byte[], Integer> tuple) {
    PairedImage image = PairedImage.of(tuple);
    image.inspect(census);
    if (image.known()) {
      census.update(image.faces(), image.sound());
    }
    return census;
  }

  @Override
  public Census merge(Census one, Census other) {
    one.merge(other);
    return one;
  }

  @Override
  public Census finish(Census census) {
    return census;
  }

  @Override
  public Encoder<Census> bufferEncoder() {
    return Encoders.javaSerialization(Census.class);
  }

  @Override
  public Encoder<Census> outputEncoder() {
    return Encoders.javaSerialization(Census.class);
  }
}
