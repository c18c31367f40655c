package org.retinaspark.job.eval.spark;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import org.retinaspark.job.eval.BoxArithmetic;
import org.retinaspark.job.eval.WorstImages;
import scala.Tuple4;

/** The last pass: the images with the most errors at the operating point. */
final class WorstAggregator
    extends Aggregator<Tuple4<String, byte[], byte[], Integer>, WorstImages, WorstImages> {

  private static final long serialVersionUID = 1L;

  private final int subset;
  private final double score;
  private final BoxArithmetic arithmetic;

  WorstAggregator(int subset, double score, BoxArithmetic arithmetic) {
    this.subset = subset;
    this.score = score;
    this.arithmetic = arithmetic;
  }

  @Override
  public WorstImages zero() {
    return new WorstImages(subset, score, arithmetic);
  }

  @Override
  public WorstImages reduce(WorstImages worst, Tuple4<String, byte[], byte[], Integer> tuple) {
    PairedImage image = PairedImage.of(tuple);
    if (image.known()) {
      worst.update(image.image(), image.faces(), image.sound());
    }
    return worst;
  }

  @Override
  public WorstImages merge(WorstImages one, WorstImages other) {
    one.merge(other);
    return one;
  }

  @Override
  public WorstImages finish(WorstImages worst) {
    return worst;
  }

  @Override
  public Encoder<WorstImages> bufferEncoder() {
    return Encoders.javaSerialization(WorstImages.class);
  }

  @Override
  public Encoder<WorstImages> outputEncoder() {
    return Encoders.javaSerialization(WorstImages.class);
  }
}
