package org.retinaspark.job.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.aflw.AflwLabel;
import org.retinaspark.io.aflw.AflwLabels;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.Build;
import org.retinaspark.job.TableOrigin;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.measures.EvaluationException;
import org.retinaspark.job.measures.dense.DenseErrors;
import org.retinaspark.job.measures.dense.DenseMetrics;
import org.retinaspark.job.measures.dense.DenseTruth;
import org.retinaspark.job.measures.spark.DenseEvaluation;

/** Computes the errors of points and pose on AFLW2000-3D for a table that is already made. */
public final class AflwAction {

  private static final int EXAMPLES = 3;

  private final SparkSession spark;
  private final AflwConfig config;
  private final List<String> warnings = new ArrayList<>();

  /** An evaluation to be run. */
  public AflwAction(SparkSession spark, AflwConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /**
   * Runs it.
   *
   * @throws IOException if a file can't be read
   * @throws UsageException if there is no table at the URI
   * @throws GroundTruthException if a label is missing or broken
   * @throws org.retinaspark.io.UnusableLocationException if there is no table of faces
   * @throws EvaluationException if it can't be evaluated
   */
  public AflwEvaluation execute() throws IOException {
    TableLocation location = TableLocation.of(config.detections(), hadoop());
    FaceTable table = FaceTable.of(location.read(spark), config.detections());
    AflwLabels labels = AflwLabels.read(config.groundTruth(), hadoop());
    TableOrigin origin = TableOrigin.of(location);
    var unused = origin.option("protocol");
    warnings.addAll(origin.warnings());
    DenseMetrics result = DenseEvaluation.evaluate(spark, table, truths(labels));
    requireOneRow(labels, result);
    explain(labels, result);
    return new AflwEvaluation(
        config, origin.manifest(), labels.sha256(), warnings, Build.versions(spark), result);
  }

  private static Map<String, DenseTruth> truths(AflwLabels labels) {
    Map<String, DenseTruth> truths = new HashMap<>();
    for (int i = 0; i < labels.labels().size(); i++) {
      AflwLabel label = labels.labels().get(i);
      truths.put(
          label.image(),
          new DenseTruth(i, label.points(), label.yaw(), label.pitch(), label.roll()));
    }
    return truths;
  }

  private static void requireOneRow(AflwLabels labels, DenseMetrics result) {
    List<Integer> rows = result.rows();
    if (rows.stream().allMatch(count -> count == 0)) {
      throw new EvaluationException(
          "none of the %,d labels has a row among the table's images, such as %s: errors of nothing are no result; name the table of the labels' own images"
              .formatted(rows.size(), String.join(", ", result.examples())));
    }
    String twice = examples(labels, label -> rows.get(label) > 1);
    if (!twice.isEmpty()) {
      throw new EvaluationException(
          "the table has several images of the names %s, so that it isn't clear which is labelled: nothing was evaluated; make a table of the labels' own images"
              .formatted(twice));
    }
  }

  private void explain(AflwLabels labels, DenseMetrics result) {
    List<Integer> rows = result.rows();
    warn(
        "labels without a row in the table, which count for nothing",
        rows.stream().filter(count -> count == 0).count(),
        examples(labels, label -> rows.get(label) == 0));
    warn(
        "images without a label, which count for nothing",
        result.unlabelled(),
        String.join(", ", result.examples()));
    if (result.failed() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "labelled images that failed, whose faces count as missed: %,d",
              result.failed()));
    }
    if (result.errors(DenseErrors.POINTS68).faces() == 0) {
      warnings.add(
          "the table has no 68 points of a labelled face, so there is no error of them; run"
              + " 'detect' with --mesh-model");
    }
  }

  private void warn(String what, long count, String examples) {
    if (count > 0) {
      warnings.add(String.format(Locale.ROOT, "%s: %,d, such as %s", what, count, examples));
    }
  }

  private static String examples(AflwLabels labels, IntPredicate chosen) {
    return String.join(
        ", ",
        IntStream.range(0, labels.labels().size())
            .filter(chosen)
            .limit(EXAMPLES)
            .mapToObj(label -> labels.labels().get(label).image())
            .toList());
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
