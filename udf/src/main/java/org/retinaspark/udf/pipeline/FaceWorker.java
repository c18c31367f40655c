package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.Inferred;
import org.retinaspark.udf.runtime.Pending;

/** The end of an image's way: what the network found becomes faces, on the task's own thread. */
public final class FaceWorker {

  private final Detector detector;
  private final SessionGuard guard;
  private final StageTimes times;

  /** A worker of one task. */
  public FaceWorker(Detector detector, SessionGuard guard, StageTimes times) {
    this.detector = detector;
    this.guard = guard;
    this.times = times;
  }

  /** Waits for the network and makes faces of what it found. */
  public ImageResult finish(ImageInProgress image) throws InterruptedException {
    if (image.failure() != null) {
      return image.result(image.failure(), List.of());
    }
    try (image) {
      List<Candidates> candidates = await(image);
      long start = System.nanoTime();
      ImageResult result = image.result(null, detector.faces(candidates));
      times.since(Stage.POST, start);
      return result;
    } catch (InvalidOutputException invalid) {
      return failed(image, "invalid_output", invalid);
    } catch (InferenceException failure) {
      guard.afterFailure(failure);
      return failed(image, "run_failed", failure);
    } catch (OutOfMemoryError failure) {
      return failed(image, "out_of_memory", failure);
    }
  }

  private List<Candidates> await(ImageInProgress image) throws InterruptedException {
    List<Candidates> candidates = new ArrayList<>(image.candidates().size());
    long start = System.nanoTime();
    try {
      for (Pending<Candidates> pending : image.candidates()) {
        Inferred<Candidates> inferred = pending.await();
        candidates.add(inferred.value());
        times.add(Stage.QUEUE, inferred.queuedNanos());
        times.add(Stage.INFER, inferred.runNanos());
      }
      return candidates;
    } finally {
      times.since(Stage.NETWORK, start);
    }
  }

  private static ImageResult failed(ImageInProgress image, String code, Throwable cause) {
    return image.result(Failure.of(Failure.INFER, code, cause), List.of());
  }
}
