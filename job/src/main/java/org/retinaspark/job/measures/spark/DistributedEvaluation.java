package org.retinaspark.job.measures.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Breakdown;
import org.retinaspark.job.measures.Census;
import org.retinaspark.job.measures.CocoBins;
import org.retinaspark.job.measures.CocoEnvelope;
import org.retinaspark.job.measures.CocoMetrics;
import org.retinaspark.job.measures.CocoRanking;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.EvaluationException;
import org.retinaspark.job.measures.LandmarkErrors;
import org.retinaspark.job.measures.Measure;
import org.retinaspark.job.measures.Measures;
import org.retinaspark.job.measures.Normalisation;
import org.retinaspark.job.measures.OfficialMatching;
import org.retinaspark.job.measures.OperatingPoint;
import org.retinaspark.job.measures.PairedImage;
import org.retinaspark.job.measures.PrecisionRecall;
import org.retinaspark.job.measures.PrecisionRecallCurve;
import org.retinaspark.job.measures.WorstImages;
import scala.Tuple2;

/**
 * Evaluates a set of any size: one shuffle that brings faces and detections together, then a pass
 * for the census, one for everything that can be counted by the range of scores, and one for each
 * optional measure that needs those counts.
 */
public final class DistributedEvaluation {

  private final SparkSession spark;
  private final Breakdown breakdown;
  private final Dialect dialect;
  private final OfficialMatching matching;
  private final BadInput badInput;
  private final Set<OptionalMeasure> optional;

  /**
   * An evaluation.
   *
   * @param matching {@code INT32} for an integer ground truth in {@link Dialect#MATLAB}
   */
  public DistributedEvaluation(
      SparkSession spark,
      Breakdown breakdown,
      Dialect dialect,
      OfficialMatching matching,
      BadInput badInput,
      Set<OptionalMeasure> optional) {
    this.spark = spark;
    this.breakdown = breakdown;
    this.dialect = dialect;
    this.matching = matching;
    this.badInput = badInput;
    this.optional = Set.copyOf(optional);
  }

  /**
   * Evaluates.
   *
   * @param truths image keys with {@link TruthCodec}'s bytes
   * @param detections image keys with {@link org.retinaspark.io.detections.DetectionRecord}'s bytes
   * @throws EvaluationException if the detections can't be evaluated under the rules
   */
  public EvaluationResult evaluate(
      Dataset<Tuple2<String, byte[]>> truths, Dataset<Tuple2<String, byte[]>> detections) {
    JavaRDD<PairedImage> all = Pairing.pair(truths, detections);
    Census census = measure(all, new Census());
    census.requireSound(badInput, dialect);
    Normalisation normalisation = census.range().normalisation(dialect);
    JavaRDD<PairedImage> images = all.filter(PairedImage::known);
    Measures counts = measure(images, counts(normalisation));
    List<PrecisionRecallCurve> curves = counts.result(PrecisionRecall.class);
    List<CocoMetrics> coco =
        optional.contains(OptionalMeasure.COCO)
            ? coco(images, counts.result(CocoBins.class), normalisation)
            : List.of();
    List<WorstImages.Worst> worst =
        optional.contains(OptionalMeasure.WORST) ? worst(images, curves, normalisation) : List.of();
    return new EvaluationResult(
        breakdown, census, normalisation, curves, coco, counts.result(LandmarkErrors.class), worst);
  }

  private <I, R, M extends Measure<I, R, M>> R measure(JavaRDD<I> inputs, M measure) {
    return MeasureAggregator.measure(spark, inputs, measure).result();
  }

  private Measures counts(Normalisation normalisation) {
    List<Measure<PairedImage, ?, ?>> measures = new ArrayList<>();
    measures.add(new PrecisionRecall(breakdown, normalisation, matching));
    measures.add(new LandmarkErrors());
    if (optional.contains(OptionalMeasure.COCO)) {
      measures.add(new CocoBins(breakdown.subsets(), normalisation));
    }
    return new Measures(measures);
  }

  private List<CocoMetrics> coco(
      JavaRDD<PairedImage> images, CocoBins.Totals totals, Normalisation normalisation) {
    int parts = spark.sessionState().conf().numShufflePartitions();
    CocoRanking ranking = new CocoRanking(totals, normalisation, parts);
    return measure(DistributedRanking.rank(spark, images, ranking), new CocoEnvelope(ranking));
  }

  private List<WorstImages.Worst> worst(
      JavaRDD<PairedImage> images, List<PrecisionRecallCurve> curves, Normalisation normalisation) {
    int hardest = breakdown.subsets().size() - 1;
    OperatingPoint point = OperatingPoint.of(breakdown, hardest, curves, normalisation);
    return measure(images, new WorstImages(point, matching));
  }
}
