package org.retinaspark.udf.dense;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.ImageUnit;
import org.retinaspark.udf.pipeline.InFlight;
import org.retinaspark.udf.pipeline.PipelineSettings;
import org.retinaspark.udf.pipeline.StationFactory;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.runtime.TrialSession;

/**
 * What the second look costs: detection alone, detection with meshes, and as many runs of the
 * network on one crop as there were faces; in seconds of processor time, which others' work on the
 * machine hardly changes, and of a clock. One task, without Spark. Not a test:
 *
 * <pre>MeshCost DETECTOR.onnx MESH.onnx FOLDER COUNT REPEATS</pre>
 */
public final class MeshCost {

  private static final double NANOS = 1e9;

  private final Engine engine = new Engine();
  private final ModelDescription detector;
  private final byte[] detectorBytes;
  private final MeshModel mesh;
  private final byte[] meshBytes;
  private final List<Path> files;

  private MeshCost(Path detectorFile, Path meshFile, List<Path> files) throws IOException {
    detectorBytes = Files.readAllBytes(detectorFile);
    meshBytes = Files.readAllBytes(meshFile);
    detector = ModelRecognition.tried(detectorBytes, "detector", RecognitionOptions.BY_FILE);
    mesh = MeshRecognition.describe(meshBytes, "mesh");
    this.files = files;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (Stream<Path> found = Files.walk(Path.of(arguments[2]))) {
      List<Path> photos = found.filter(path -> path.toString().endsWith(".jpg")).sorted().toList();
      int step = Math.max(1, photos.size() / Integer.parseInt(arguments[3]));
      List<Path> chosen = photos.stream().filter(path -> photos.indexOf(path) % step == 0).toList();
      MeshCost cost = new MeshCost(Path.of(arguments[0]), Path.of(arguments[1]), chosen);
      for (int repeat = 0; repeat < Integer.parseInt(arguments[4]); repeat++) {
        cost.measure();
      }
    }
  }

  private void measure() throws InterruptedException {
    Run alone = run(List.of());
    Run both =
        run(
            List.of(
                new MeshStationFactory(
                    mesh, request(mesh.sha256()), MeshLimits.DEFAULT, () -> meshBytes)));
    Run geometry =
        run(
            List.of(
                new MeshStationFactory(
                    mesh, request(mesh.sha256()), MeshLimits.DEFAULT, () -> meshBytes),
                new GeometryStationFactory(
                    java.util.Set.of(FaceDetails.Kind.LANDMARKS68, FaceDetails.Kind.POSE), 0.5)));
    double[] crops = crops(both.meshes);
    System.out.printf(
        "%d images, %d meshes; processor: detection %.2f s, with meshes %.2f s, with points and"
            + " pose %.2f s, crops %.2f s (%.2f ms each): %.3f and %.3f of the prediction%n",
        files.size(),
        both.meshes,
        alone.processor,
        both.processor,
        geometry.processor,
        crops[0],
        1000 * crops[0] / both.meshes,
        both.processor / (alone.processor + crops[0]),
        geometry.processor / (alone.processor + crops[0]));
    System.out.printf(
        "  clock: detection %.2f s, with meshes %.2f s, points and pose %.2f s, crops %.2f s:"
            + " %.3f; fill %.2f s more, infer %.2f s more%n",
        alone.clock,
        both.clock,
        geometry.clock,
        crops[1],
        both.clock / (alone.clock + crops[1]),
        (both.times.of(Stage.FILL) - alone.times.of(Stage.FILL)) / NANOS,
        (both.times.of(Stage.INFER) - alone.times.of(Stage.INFER)) / NANOS);
  }

  private record Run(int meshes, double processor, double clock, StageTimes times) {}

  private Run run(List<StationFactory> stations) throws InterruptedException {
    StageTimes times = new StageTimes();
    long processor = processor();
    long clock = System.nanoTime();
    int meshes = 0;
    try (ImagePipeline pipeline =
        ImagePipeline.over(
            files.stream().map(MeshCost::unit).iterator(),
            settings(stations),
            new ImagePipeline.Executor(
                (request, model) -> engine.lease(request, model, hung -> {}), () -> {}),
            () -> detectorBytes,
            InFlight.UNWATCHED,
            times)) {
      while (pipeline.hasNext()) {
        meshes += meshes(pipeline.next());
      }
    }
    return new Run(
        meshes, (processor() - processor) / NANOS, (System.nanoTime() - clock) / NANOS, times);
  }

  private static int meshes(ImageResult result) {
    FaceDetails.Mesh found = result.details().mesh();
    return found == null
        ? 0
        : (int) found.vertices().stream().filter(vertices -> vertices.length > 0).count();
  }

  private double[] crops(int count) {
    long[] shape = mesh.format().layout().shape(1, mesh.crop().pixels(), mesh.crop().pixels());
    ByteBuffer crop = ByteBuffer.allocate(4 * 3 * mesh.crop().pixels() * mesh.crop().pixels());
    try (TrialSession session = TrialSession.open(meshBytes)) {
      session.run(mesh.ports().input(), ElementType.FLOAT, crop.rewind(), shape);
      long processor = processor();
      long clock = System.nanoTime();
      for (int face = 0; face < count; face++) {
        session.run(mesh.ports().input(), ElementType.FLOAT, crop.rewind(), shape);
      }
      return new double[] {(processor() - processor) / NANOS, (System.nanoTime() - clock) / NANOS};
    }
  }

  private static long processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private DetectSettings settings(List<StationFactory> stations) {
    return new DetectSettings(
        detector,
        request(detector.sha256()),
        Protocol.ORIGINAL,
        Thresholds.WIDER_FACE,
        DecodeSettings.DEFAULT,
        Batching.DEFAULT,
        PipelineSettings.DEFAULT,
        100 << 20,
        null,
        stations,
        null);
  }

  private static SessionRequest request(String sha256) {
    return new SessionRequest(
        "model", sha256, Provider.CPU, 0, SessionRequest.Precision.FLOAT32, 1);
  }

  private static ImageUnit unit(Path file) {
    return ImageUnit.of(
        new ImageInput(
            file.toString(),
            null,
            file.toUri().toString(),
            -1,
            null,
            null,
            List.of(),
            () -> Files.readAllBytes(file)));
  }
}
