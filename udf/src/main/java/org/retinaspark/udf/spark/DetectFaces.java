package org.retinaspark.udf.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.sql.Row;
import org.retinaspark.udf.onnx.Session;
import org.retinaspark.udf.onnx.SessionRequest;
import org.retinaspark.udf.onnx.Sessions;

/**
 * What a task does: images in, rows of {@link FaceTable} out, in the same order and number. All
 * tasks of an executor share one session; the model came to the executor by broadcast.
 */
public final class DetectFaces implements FlatMapFunction<Iterator<ImageInput>, Row> {

  private static final long serialVersionUID = 1L;

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
    FaceWorker worker = new FaceWorker(settings, session);
    task.addTaskCompletionListener(
        (org.apache.spark.util.TaskCompletionListener) ended -> worker.close());
    return new FaceRows(images, worker, settings, counters);
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
