package org.retinaspark.job.leaderboard;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.Secrets;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.job.CommandFailure;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Interruption;
import org.retinaspark.job.detect.DetectAction;
import org.retinaspark.job.detect.DetectResult;
import org.retinaspark.job.detect.TooManyFailuresException;
import org.retinaspark.job.evaluate.EvaluateAction;
import org.retinaspark.job.evaluate.Evaluation;
import org.retinaspark.job.measures.EvaluationException;
import org.retinaspark.job.page.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the faces of a cell and evaluates them, by the actions of {@code detect} and {@code
 * evaluate}.
 */
final class CellRun {

  private static final Logger LOG = LoggerFactory.getLogger(CellRun.class);

  private final SparkSession spark;
  private final LeaderboardConfig config;
  private final PrintWriter terminal;

  CellRun(SparkSession spark, LeaderboardConfig config, PrintWriter terminal) {
    this.spark = spark;
    this.config = config;
    this.terminal = terminal;
  }

  /**
   * Measures a cell. What goes wrong with it alone is its outcome.
   *
   * @throws IOException if the process or Spark is ending
   */
  Outcome measure(Cell cell) throws IOException {
    try {
      DetectResult faces = new DetectAction(spark, cell.detect(), terminal).execute();
      if (faces.internalFailures() > 0) {
        return new Outcome.Failed(
            String.format(
                Locale.ROOT,
                "%,d images failed by a fault of ours (code 'internal'): report it, and do them"
                    + " again with 'detect --retry-failed' at %s, then --resume",
                faces.internalFailures(),
                cell.table()),
            ExitStatus.FAULT);
      }
      // That of a table that was whole before nobody has judged by this limit.
      if (faces.failureRate() > cell.detect().maximumFailureRate()) {
        return new Outcome.Failed(
            String.format(
                Locale.ROOT,
                "%.2f%% of the images failed, more than the %.2f%% of --max-failure-rate; the table"
                    + " is whole, its column 'error' says why",
                100 * faces.failureRate(),
                100 * cell.detect().maximumFailureRate()),
            ExitStatus.DATA);
      }
      return measured(
          faces.work().imagesNow(),
          new EvaluateAction(spark, config.evaluate(cell.table())).execute());
    } catch (GroundTruthException
        | DetectionException
        | EvaluationException
        | TooManyFailuresException wrong) {
      return new Outcome.Failed(Secrets.hide(String.valueOf(wrong.getMessage())), ExitStatus.DATA);
    } catch (IOException | RuntimeException failure) {
      if (Interruption.isUnderWay() || spark.sparkContext().isStopped()) {
        throw failure;
      }
      CommandFailure end = CommandFailure.of(failure, "go on with --resume");
      if (end.status() == ExitStatus.FAULT) {
        LOG.error("{} failed", cell.name(), failure);
      }
      return new Outcome.Failed(Secrets.hide(end.line()), end.status());
    }
  }

  private static Outcome measured(long imagesNow, Evaluation evaluation) {
    List<Metric> precision =
        evaluation.result().breakdown().subsets().stream()
            .flatMap(
                subset ->
                    evaluation.metrics().stream()
                        .filter(metric -> metric.subset().equals(subset))
                        .filter(metric -> metric.dimension().equals("all"))
                        .filter(metric -> metric.name().equals("ap")))
            .toList();
    return new Outcome.Measured(precision, imagesNow, evaluation.run(), evaluation.warnings());
  }
}
