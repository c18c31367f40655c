package org.retinaspark.udf.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.retinaspark.io.facetable.FaceDetail;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.io.samples.SampleColumns;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.pipeline.ImageUnit;
import org.retinaspark.udf.pipeline.InFlight;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.EngineException;
import org.retinaspark.udf.runtime.SessionLease;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.train.sampling.SamplingPlan;

/**
 * What a task does: images in, rows of the table out, in the same order. All tasks of an executor
 * share one session; the model came to the executor by broadcast.
 *
 * <p>How an image becomes faces is the matter of {@link ImagePipeline}.
 */
public final class DetectFaces implements FlatMapFunction<Iterator<ImageUnit>, InternalRow> {

  private static final long serialVersionUID = 1L;

  /** Exit status of an executor that took itself out. */
  private static final int EXIT_STATUS = 86;

  private final DetectSettings settings;
  private final TableSchema schema;
  private final Broadcast<byte[]> model;
  private final DetectCounters counters;
  private final CrashNotes notes;

  /** A function of these settings over a broadcast ONNX file. */
  public DetectFaces(
      DetectSettings settings,
      TableSchema schema,
      Broadcast<byte[]> model,
      DetectCounters counters,
      CrashNotes notes) {
    this.settings = settings;
    this.schema = schema;
    this.model = model;
    this.counters = counters;
    this.notes = notes;
  }

  /**
   * Columns that tasks of these settings fill.
   *
   * @param kinds what is written of what is told of each face
   * @param carried the columns of the input that go through to the table; samples, where the
   *     settings ask for some, come behind them
   * @throws IllegalArgumentException if one of these has the name of one of the table
   */
  public static TableSchema schema(
      DetectSettings settings,
      Set<FaceDetails.Kind> kinds,
      TableLayout layout,
      StructType carried) {
    Set<FaceDetail> details =
        kinds.stream()
            .map(
                kind ->
                    switch (kind) {
                      case MESH -> FaceDetail.MESH;
                      case LANDMARKS68 -> FaceDetail.LANDMARKS68;
                      case POSE -> FaceDetail.POSE;
                      case PARTS -> FaceDetail.PARTS;
                    })
            .collect(Collectors.toSet());
    StructType further =
        settings.sampling() == null ? carried : carried.add(SampleColumns.column());
    boolean none = settings.model().family().mirror().landmarks().isEmpty();
    return new TableSchema(layout, none ? List.of() : TableSchema.FIVE_LANDMARKS, details, further);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<ImageUnit> units) {
    TaskContext task = TaskContext.get();
    return rows(
        units,
        CarefulTask.isRepeated(task) ? settings.oneByOne() : settings,
        CarefulTask.of(notes, task));
  }

  /** The rows of images that nobody remembers if they end the executor. */
  Iterator<InternalRow> unwatched(Iterator<ImageUnit> units) {
    return rows(units, settings, InFlight.UNWATCHED);
  }

  private Iterator<InternalRow> rows(
      Iterator<ImageUnit> units, DetectSettings taken, InFlight inFlight) {
    TaskContext task = TaskContext.get();
    StageTimes times = new StageTimes();
    Timeline timeline = Timeline.ofTask(System.currentTimeMillis());
    ImagePipeline pipeline =
        ImagePipeline.over(
            learnt(units),
            taken,
            executor(task, settings, counters),
            model::value,
            inFlight,
            times);
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            ended -> {
              pipeline.close();
              counters.add(times);
              timeline.end(System.currentTimeMillis());
              counters.times().add(timeline);
            });
    return new FaceRows(pipeline, inFlight, schema.writer(), settings.split(), times, timeline);
  }

  private Iterator<ImageUnit> learnt(Iterator<ImageUnit> units) {
    SamplingPlan plan = settings.sampling();
    if (plan == null) {
      return units;
    }
    LearntImages learnt = new LearntImages(plan.labels().get());
    return new Iterator<>() {

      @Override
      public boolean hasNext() {
        return units.hasNext();
      }

      @Override
      public ImageUnit next() {
        return units.next().changed(learnt);
      }
    };
  }

  /** The executor that a task runs on. */
  static ImagePipeline.Executor executor(
      TaskContext task, DetectSettings settings, DetectCounters counters) {
    return new ImagePipeline.Executor(
        (request, model) -> {
          SessionLease lease = lease(assigned(request, task), model, task, counters);
          if (request.equals(settings.session())) {
            counters.use(lease.facts());
          }
          return lease;
        },
        DetectFaces::endExecutor);
  }

  /** A hold on a session, until the task ends. */
  private static SessionLease lease(
      SessionRequest request, Supplier<byte[]> model, TaskContext task, DetectCounters counters) {
    int stage = task.stageId();
    SessionLease lease = Engine.shared().lease(request, model, hung -> endWork(stage, hung));
    task.addTaskCompletionListener((TaskCompletionListener) ended -> lease.close());
    counters.sessions().add(lease.opened() ? 1 : 0);
    return lease;
  }

  /** Ends the executor; where there is none to end, in local mode, the job. */
  private static void endWork(int stage, EngineException hung) {
    endExecutor();
    SparkContext.getOrCreate().cancelStage(stage, hung.getMessage());
  }

  /** Ends an executor's JVM, without its shutdown hooks: they might call the broken driver. */
  private static void endExecutor() {
    if (!SparkEnv.get().executorId().equals("driver")) {
      Runtime.getRuntime().halt(EXIT_STATUS);
    }
  }

  /** The request with the GPU that Spark gave to the task, where it gives any. */
  private static SessionRequest assigned(SessionRequest request, TaskContext task) {
    Map<String, ResourceInformation> resources = task.resourcesJMap();
    ResourceInformation gpu = resources.get("gpu");
    if (gpu == null || gpu.addresses().length == 0) {
      return request;
    }
    return request.on(Integer.parseInt(List.of(gpu.addresses()).get(0)));
  }
}
