package org.retinaspark.job.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.io.samples.SampleTable;
import org.retinaspark.job.train.fit.Fit;
import org.retinaspark.job.train.fit.FitProgress;
import org.retinaspark.job.train.fit.FitResult;
import org.retinaspark.job.train.fit.FitSettings;
import org.retinaspark.job.train.fit.LossStep;
import org.retinaspark.job.train.fit.MeshSettings;
import org.retinaspark.job.train.fit.TrainingRows;
import org.retinaspark.job.train.loss.LossChange;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.heads.TrainableModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits heads to the samples of rounds.
 *
 * @param data what is known of the photos
 * @param model whose own heads a fit may begin at
 * @param family of the model
 */
record RoundFits(
    SparkSession spark,
    FitOptions options,
    TrainingData data,
    TrainableModel model,
    AnchorFamily family) {

  private static final Logger LOG = LoggerFactory.getLogger(RoundFits.class);

  /**
   * The fit of all heads.
   *
   * @param losses of the paper, of the model's own heads and of these
   */
  record Last(FitResult fit, LossChange losses) {}

  /** Fits the class head alone to the samples of all rounds so far, to find negatives with. */
  FitResult miner(List<SampleRound> rounds) {
    try (TrainingRows rows = rows(rounds)) {
      return fit(EnumSet.of(HeadTask.CLASS), null).heads(rows, progress(rounds));
    }
  }

  /** Fits all that were asked for to the samples of all rounds. */
  Last all(List<SampleRound> rounds) {
    Set<HeadTask> tasks = EnumSet.noneOf(HeadTask.class);
    for (TrainedHead head : data.heads()) {
      if (head != TrainedHead.MESH) {
        tasks.add(HeadTask.valueOf(head.name()));
      }
    }
    Fit fit = fit(tasks, mesh());
    try (TrainingRows rows = rows(rounds)) {
      FitResult result = fit.heads(rows, progress(rounds));
      return new Last(result, fit.losses(rows, result.heads()));
    }
  }

  private TrainingRows rows(List<SampleRound> rounds) {
    spark.sparkContext().setJobDescription("fit the heads, round " + (rounds.size() - 1));
    List<SampleTable> tables =
        rounds.stream().map(round -> SampleTable.of(round.rows(), round.table())).toList();
    BroadcastKeys keys =
        new BroadcastKeys(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(data.labels().boxes()));
    return TrainingRows.of(spark, tables, shape(), data.labels().images(), keys);
  }

  private static FitProgress progress(List<SampleRound> rounds) {
    int number = rounds.size() - 1;
    return step ->
        LOG.info(
            "round {}, {}: loss {} after {} steps",
            number,
            step.task(),
            step.loss(),
            step.iteration());
  }

  private SampleShape shape() {
    return new SampleShape(
        model.channels(), family.anchors().stream().map(level -> level.sizes().size()).toList());
  }

  private Map<HeadTask, LinearHead> own() {
    Map<HeadTask, LinearHead> own = new EnumMap<>(HeadTask.class);
    for (HeadTask task : HeadTask.values()) {
      own.put(task, model.head(task));
    }
    return own;
  }

  private Fit fit(Set<HeadTask> tasks, @Nullable MeshSettings mesh) {
    FitSettings settings =
        new FitSettings(
            tasks,
            mesh,
            options.start(),
            options.ridge(),
            options.hardNegatives(),
            options.iterations(),
            FitSettings.TOLERANCE);
    return new Fit(family, own(), settings);
  }

  private @Nullable MeshSettings mesh() {
    MeshTopology mesh = data.mesh();
    return mesh == null
        ? null
        : new MeshSettings(mesh, options.coefficients(), options.meshRidge());
  }

  /** The curves of a fit, by term. */
  static List<LossCurve> curves(int round, FitResult fit) {
    Map<HeadTask, List<Double>> losses =
        fit.curve().stream()
            .collect(
                Collectors.groupingBy(
                    LossStep::task,
                    () -> new EnumMap<>(HeadTask.class),
                    Collectors.mapping(LossStep::loss, Collectors.toList())));
    List<LossCurve> curves = new ArrayList<>();
    losses.forEach(
        (task, values) ->
            curves.add(new LossCurve(round, TrainedHead.valueOf(task.name()).label(), values)));
    if (fit.mesh() != null) {
      double left = 1 - fit.mesh().explained();
      curves.add(new LossCurve(round, TrainedHead.MESH.label(), List.of(1.0, left)));
    }
    return curves;
  }
}
