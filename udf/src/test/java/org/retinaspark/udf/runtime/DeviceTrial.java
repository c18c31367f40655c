package org.retinaspark.udf.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.pipeline.ImageUnit;
import org.retinaspark.udf.pipeline.InFlight;
import org.retinaspark.udf.pipeline.PipelineSettings;
import org.retinaspark.udf.pipeline.time.StageTimes;

/**
 * How busy a device is kept by the pipeline that the job has, on real photos: reading, decoding,
 * filling, batches and post-processing are real, the network takes a fixed time. Run by hand:
 *
 * <pre>DeviceTrial PHOTOS MODEL PROTOCOL BATCH MILLIS_A_BATCH MILLIS_AN_INPUT PASSES TASKS...</pre>
 */
final class DeviceTrial {

  private final List<Path> photos;
  private final DetectSettings settings;
  private final byte[] onnx;

  private DeviceTrial(List<Path> photos, DetectSettings settings, byte[] onnx) {
    this.photos = photos;
    this.settings = settings;
    this.onnx = onnx;
  }

  public static void main(String[] arguments) throws Exception {
    List<Path> photos;
    try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
      photos = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    byte[] onnx = Files.readAllBytes(Path.of(arguments[1]));
    int batch = Integer.parseInt(arguments[3]);
    DeviceTrial trial =
        new DeviceTrial(photos, settings(onnx, Protocol.named(arguments[2]), batch), onnx);
    trial.run(new SimulatedDevice(0, 0), 1, 4); // the JIT compiler's turn
    for (int tasks = 7; tasks < arguments.length; tasks++) {
      SimulatedDevice device = new SimulatedDevice(nanos(arguments[4]), nanos(arguments[5]));
      int count = Integer.parseInt(arguments[tasks]);
      trial.run(device, Integer.parseInt(arguments[6]), count);
      System.out.printf(
          "%d tasks: busy %.3f, %.1f inputs a batch of %d, %.1f images/s%n",
          count, device.busyShare(), device.fill(), batch, device.rate());
    }
  }

  private static long nanos(String millis) {
    return Math.round(Double.parseDouble(millis) * 1e6);
  }

  private static DetectSettings settings(byte[] onnx, Protocol protocol, int batch) {
    ModelDescription model =
        ModelRecognition.describe(onnx, "model.onnx", RecognitionOptions.BY_FILE);
    return new DetectSettings(
        model,
        new SessionRequest(
            model.name(), model.sha256(), Provider.CUDA, 0, SessionRequest.Precision.FLOAT32, 1),
        protocol,
        Thresholds.WIDER_FACE,
        new DecodeSettings(Orientation.IGNORE, DecodeSettings.DEFAULT_MAX_PIXELS),
        new Batching(
            Batching.Mode.SHARED,
            new BatchLimits(batch, BatchLimits.DEFAULT.bytes(), BatchLimits.DEFAULT.waitMillis())),
        PipelineSettings.DEFAULT,
        64 << 20,
        null,
        List.of(),
        null);
  }

  /** Every task looks at its share of the photos, so many times. */
  private void run(SimulatedDevice device, int passes, int tasks) throws Exception {
    Engine engine = new Engine((request, model, budget) -> device);
    ExecutorService threads = Executors.newFixedThreadPool(tasks);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int task = 0; task < tasks; task++) {
        int own = task;
        running.add(threads.submit(() -> task(engine, passes, own, tasks)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private Void task(Engine engine, int passes, int own, int tasks) throws InterruptedException {
    List<SessionLease> leases = new ArrayList<>();
    ImagePipeline.Executor executor =
        new ImagePipeline.Executor(
            (request, model) -> {
              SessionLease lease = engine.lease(request, model, hung -> {});
              leases.add(lease);
              return lease;
            },
            () -> {});
    try (ImagePipeline pipeline =
        ImagePipeline.over(
            IntStream.range(0, passes * photos.size())
                .filter(number -> number % tasks == own)
                .mapToObj(number -> unit(photos.get(number % photos.size())))
                .iterator(),
            settings,
            executor,
            () -> onnx,
            InFlight.UNWATCHED,
            new StageTimes())) {
      while (pipeline.hasNext()) {
        pipeline.next();
      }
    }
    leases.forEach(SessionLease::close);
    return null;
  }

  private static ImageUnit unit(Path photo) {
    return ImageUnit.of(
        new ImageInput(
            photo.toString(),
            null,
            photo.toUri().toString(),
            length(photo),
            null,
            null,
            List.of(),
            () -> Files.readAllBytes(photo)));
  }

  private static long length(Path photo) {
    try {
      return Files.size(photo);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
