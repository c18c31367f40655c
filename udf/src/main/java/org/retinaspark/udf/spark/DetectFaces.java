package org.retinaspark.udf.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.pipeline.DecodeThread;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.FaceWorker;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImagePreparation;
import org.retinaspark.udf.pipeline.ImageQueue;
import org.retinaspark.udf.pipeline.ImageTrial;
import org.retinaspark.udf.pipeline.SessionGuard;
import org.retinaspark.udf.pipeline.StageTimes;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.Session;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.runtime.Sessions;
import org.retinaspark.udf.runtime.TensorPool;

/**
 * What a task does: images in, rows of {@link FaceTable} out, in the same order and number. All
 * tasks of an executor share one session; the model came to the executor by broadcast.
 *
 * <p>A task reads ahead on threads of its own, decodes ahead on another, and runs the network, or
 * has the executor's batcher run it, on its own; each waits when it is too far ahead of the next.
 */
public final class DetectFaces implements FlatMapFunction<Iterator<ImageInput>, Row> {

  private static final long serialVersionUID = 1L;

  /** Exit status of an executor that took itself out. */
  private static final int EXIT_STATUS = 86;

  /** Native memory that a task's network inputs may take. */
  private static final long TENSOR_BYTES = 256L << 20;

  private final DetectSettings settings;
  private final Broadcast<byte[]> model;
  private final DetectCounters counters;

  /** A function of these settings over a broadcast ONNX file. */
  public DetectFaces(DetectSettings settings, Broadcast<byte[]> model, DetectCounters counters) {
    this.settings = settings;
    this.model = model;
    this.counters = counters;
  }

  @Override
  public Iterator<Row> call(Iterator<ImageInput> images) {
    TaskContext task = TaskContext.get();
    Session session =
        Sessions.shared(
            assigned(settings.session(), task), model::value, () -> counters.sessions().add(1));
    Inference inference = settings.batching().inference(session);
    Detector detector = settings.detector();
    StageTimes times = new StageTimes();
    TensorPool tensors =
        new TensorPool(session.inputReserve(), settings.batching().ahead(session), TENSOR_BYTES);
    ImageQueue queue =
        new ImageQueue(
            images,
            settings.pipeline(),
            settings.maximumBytes(),
            () ->
                new DecodeThread(
                    new ImagePreparation(settings, detector, inference, tensors, times),
                    settings.pipeline(),
                    times),
            times);
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            ended -> {
              queue.close();
              tensors.close();
              counters.add(times);
            });
    SessionGuard guard =
        new SessionGuard(
            session.provider(),
            new ImageTrial(settings.model(), detector, inference),
            DetectFaces::endExecutor);
    FaceWorker worker = new FaceWorker(detector, guard, times);
    return new FaceRows(queue, worker, settings.split(), counters, times);
  }

  /** Ends an executor's JVM, without its shutdown hooks: they might call the broken driver. */
  static void endExecutor() {
    if (!SparkEnv.get().executorId().equals("driver")) {
      Runtime.getRuntime().halt(EXIT_STATUS);
    }
  }

  /** The request with the GPU that Spark gave to the task, where it gives any. */
  static SessionRequest assigned(SessionRequest request, TaskContext task) {
    Map<String, ResourceInformation> resources = task.resourcesJMap();
    ResourceInformation gpu = resources.get("gpu");
    if (gpu == null || gpu.addresses().length == 0) {
      return request;
    }
    return request.on(Integer.parseInt(List.of(gpu.addresses()).get(0)));
  }
}
