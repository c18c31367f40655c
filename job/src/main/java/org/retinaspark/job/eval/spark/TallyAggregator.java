package org.retinaspark.job.eval.spark;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import org.retinaspark.job.eval.Rules;
import org.retinaspark.job.eval.Tally;
import scala.Tuple4;

/** The second pass: the counts behind curves and landmark errors. */
final class TallyAggregator
    extends Aggregator<Tuple4<String, byte[], byte[], Integer>, Tally, Tally> {

  private static final long serialVersionUID = 1L;

  private final Rules rules;

  TallyAggregator(Rules rules) {
    this.rules = rules;
  }

  @Override
  public Tally zero() {
    return new Tally(rules);
  }

  @Override
  public Tally reduce(Tally tally, Tuple4<String, byte[], byte[], Integer> tuple) {
    PairedImage image = PairedImage.of(tuple);
    if (image.known()) {
      tally.update(image.faces(), image.sound());
    }
    return tally;
  }

  @Override
  public Tally merge(Tally one, Tally other) {
    one.merge(other);
    return one;
  }

  @Override
  public Tally finish(Tally tally) {
    return tally;
  }

  @Override
  public Encoder<Tally> bufferEncoder() {
    return Encoders.javaSerialization(Tally.class);
  }

  @Override
  public Encoder<Tally> outputEncoder() {
    return Encoders.javaSerialization(Tally.class);
  }
}
