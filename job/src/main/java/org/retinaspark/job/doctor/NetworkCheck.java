package org.retinaspark.job.doctor;

import java.util.List;
import java.util.function.Supplier;
import org.retinaspark.io.RootCause;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.pipeline.ImageTrial;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.ProviderUnavailableException;
import org.retinaspark.udf.runtime.SessionLease;
import org.retinaspark.udf.runtime.SessionRequest;

/**
 * Whether the network runs where it is to run: opens a session and gives it a small black image.
 *
 * @param model which network
 * @param content gives its file
 * @param provider where it is to run
 * @param device index of the GPU
 */
record NetworkCheck(ModelDescription model, Supplier<byte[]> content, Provider provider, int device)
    implements Check {

  @Override
  public String subject() {
    return "network";
  }

  @Override
  public List<Finding> look() {
    SessionRequest request =
        new SessionRequest(
            model.name(), model.sha256(), provider, device, SessionRequest.Precision.FLOAT32, 1);
    try (SessionLease lease = Engine.shared().lease(request, content, hung -> {})) {
      Provider used = lease.facts().provider();
      run(lease);
      return List.of(
          Finding.ok(
              subject(),
              "ONNX Runtime %s runs it on %s"
                  .formatted(
                      lease.facts().runtimeVersion(),
                      used == Provider.CPU ? "cpu" : used.label() + " " + device)));
    } catch (ProviderUnavailableException | InferenceException | InvalidOutputException failure) {
      return List.of(
          Finding.problem(
              subject(),
              String.valueOf(failure.getMessage())
                  + (failure.getCause() == null ? "" : ": " + RootCause.text(failure)),
              "detect would end with status 2, before it reads an image",
              "mend what is said of the GPU above; --provider cpu runs without it"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private void run(SessionLease lease) throws InterruptedException {
    // At the size of the trial's own image, or at the only one that the model takes.
    Protocol protocol =
        model.size().height() == InputSize.DYNAMIC ? Protocol.ORIGINAL : Protocol.VGA;
    Detector detector = new Detector(model.family(), model.size(), protocol, Thresholds.WIDER_FACE);
    new ImageTrial(model, detector, Batching.DEFAULT.inference(lease), () -> lease.tensors(1))
        .run();
  }
}
