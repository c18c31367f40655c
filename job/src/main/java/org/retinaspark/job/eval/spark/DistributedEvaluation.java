package org.retinaspark.job.eval.spark;

import java.util.List;
import java.util.Set;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.job.eval.BoxArithmetic;
import org.retinaspark.job.eval.Census;
import org.retinaspark.job.eval.CocoMetrics;
import org.retinaspark.job.eval.Curve;
import org.retinaspark.job.eval.Dialect;
import org.retinaspark.job.eval.EvaluationException;
import org.retinaspark.job.eval.Layout;
import org.retinaspark.job.eval.Normalisation;
import org.retinaspark.job.eval.PrecisionRecallCurve;
import org.retinaspark.job.eval.Problem;
import org.retinaspark.job.eval.Rules;
import org.retinaspark.job.eval.Slice;
import org.retinaspark.job.eval.Tally;
import org.retinaspark.job.eval.WorstImages;
import scala.Tuple2;
import scala.Tuple4;

/**
 * Evaluates a set of any size: one shuffle that brings faces and detections together, then one pass
 * for the score range, one for the counts, and those that the extras need.
 */
public final class DistributedEvaluation {

  private final SparkSession spark;
  private final Layout layout;
  private final Dialect dialect;
  private final BoxArithmetic arithmetic;
  private final BadInput badInput;
  private final Set<Extra> extras;

  /**
   * An evaluation.
   *
   * @param arithmetic {@code INT32} for an integer ground truth in {@link Dialect#MATLAB}
   */
  public DistributedEvaluation(
      SparkSession spark,
      Layout layout,
      Dialect dialect,
      BoxArithmetic arithmetic,
      BadInput badInput,
      Set<Extra> extras) {
    this.spark = spark;
    this.layout = layout;
    this.dialect = dialect;
    this.arithmetic = arithmetic;
    this.badInput = badInput;
    this.extras = Set.copyOf(extras);
  }

  /**
   * Evaluates.
   *
   * @param truths image keys with {@link TruthCodec}'s bytes
   * @param detections image keys with {@link org.retinaspark.io.detections.DetectionRecord}'s bytes
   * @throws EvaluationException if the detections can't be evaluated under the rules
   */
  public Scores evaluate(
      Dataset<Tuple2<String, byte[]>> truths, Dataset<Tuple2<String, byte[]>> detections) {
    RDD<Tuple4<String, byte[], byte[], Integer>> pairs = Pairing.pair(truths, detections);
    var images = Pairing.dataset(spark, pairs);
    Census census = images.select(new CensusAggregator().toColumn()).first();
    requireSound(census);
    Normalisation normalisation = census.range().normalisation(dialect);
    Rules rules = new Rules(layout, normalisation, arithmetic);
    Tally tally = images.select(new TallyAggregator(rules).toColumn()).first();
    List<Curve> curves = tally.curves();
    List<CocoMetrics> coco =
        extras.contains(Extra.COCO) ? coco(images, census, tally, normalisation) : List.of();
    List<WorstImages.Worst> worst =
        extras.contains(Extra.WORST) ? worst(images, curves, normalisation) : List.of();
    return new Scores(census, normalisation, curves, coco, tally.landmarks(), worst);
  }

  private void requireSound(Census census) {
    long duplicates = census.count(Problem.DUPLICATE_IMAGE);
    long broken = census.count(Problem.NOT_FINITE);
    if (badInput == BadInput.FAIL && duplicates > 0) {
      throw new EvaluationException(
          "%d images have several rows, such as %s, so it isn't clear which to evaluate; remove the duplicates, or keep one of each with --bad-input drop"
              .formatted(duplicates, census.examples(Problem.DUPLICATE_IMAGE)));
    }
    if (badInput == BadInput.FAIL && broken > 0) {
      throw new EvaluationException(
          "%d detections have a score or box that is NaN, infinite or null, in images such as %s, and have no place in a ranking; mend the detector, or leave them out with --bad-input drop"
              .formatted(broken, census.examples(Problem.NOT_FINITE)));
    }
    long missing = census.count(Problem.MISSING_IMAGE);
    if (dialect == Dialect.PYTHON && missing > 0) {
      throw new EvaluationException(
          "%d images of the ground truth have no detections file or row, such as %s, which the python dialect doesn't allow; add them, restrict both sides with --images, or use the dialect matlab-double"
              .formatted(missing, census.examples(Problem.MISSING_IMAGE)));
    }
  }

  private List<CocoMetrics> coco(
      Dataset<Tuple4<String, byte[], byte[], Integer>> images,
      Census census,
      Tally tally,
      Normalisation normalisation) {
    int subsets = layout.subsets().size();
    long[] faces = new long[subsets + 1];
    for (int i = 0; i < subsets; i++) {
      faces[i] = whole(tally.curves(), i).faces();
    }
    faces[subsets] = census.faces();
    int parts = spark.sessionState().conf().numShufflePartitions();
    return new CocoPass(images, layout.subsets(), normalisation, tally.scores(), parts)
        .metrics(faces);
  }

  private List<WorstImages.Worst> worst(
      Dataset<Tuple4<String, byte[], byte[], Integer>> images,
      List<Curve> curves,
      Normalisation normalisation) {
    int subset = layout.subsets().size() - 1;
    int point = whole(curves, subset).operatingPoint();
    double score = normalisation.scoreAt(Normalisation.threshold(point));
    return images
        .select(new WorstAggregator(subset, score, arithmetic).toColumn())
        .first()
        .result();
  }

  private PrecisionRecallCurve whole(List<Curve> curves, int subset) {
    String name = layout.subsets().get(subset);
    return curves.stream()
        .filter(curve -> curve.subset().equals(name) && curve.slice().equals(Slice.ALL))
        .findFirst()
        .orElseThrow()
        .points();
  }
}
