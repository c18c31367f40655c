package org.retinaspark.job.measures.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Aggregator;
import org.retinaspark.job.measures.Measure;

/**
 * Computes a measure, any measure, over a distributed set: each task updates one of its own, and
 * they are merged. Measures travel by Java's serialisation whatever {@code spark.serializer} says,
 * as Kryo can't restore records.
 */
final class MeasureAggregator<M extends Measure<?, ?, M>> extends Aggregator<M, M, M> {

  private static final long serialVersionUID = 1L;

  private final M nothing;

  private MeasureAggregator(M nothing) {
    this.nothing = nothing;
  }

  /** The measure of all inputs. */
  static <I, M extends Measure<I, ?, M>> M measure(
      SparkSession spark, JavaRDD<I> inputs, M nothing) {
    MeasureAggregator<M> aggregator = new MeasureAggregator<>(nothing);
    return spark
        .createDataset(
            inputs.mapPartitions(new Update<>(nothing)).rdd(), aggregator.bufferEncoder())
        .select(aggregator.toColumn())
        .first();
  }

  @Override
  public M zero() {
    return nothing.empty();
  }

  @Override
  public M reduce(M measure, M part) {
    measure.merge(part);
    return measure;
  }

  @Override
  public M merge(M one, M other) {
    one.merge(other);
    return one;
  }

  @Override
  public M finish(M measure) {
    return measure;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Encoder<M> bufferEncoder() {
    return Encoders.javaSerialization((Class<M>) nothing.getClass());
  }

  @Override
  public Encoder<M> outputEncoder() {
    return bufferEncoder();
  }

  private static final class Update<I, M extends Measure<I, ?, M>>
      implements FlatMapFunction<Iterator<I>, M> {

    private static final long serialVersionUID = 1L;

    private final M nothing;

    Update(M nothing) {
      this.nothing = nothing;
    }

    @Override
    public Iterator<M> call(Iterator<I> inputs) {
      M measure = nothing.empty();
      inputs.forEachRemaining(measure::update);
      return List.of(measure).iterator();
    }
  }
}
