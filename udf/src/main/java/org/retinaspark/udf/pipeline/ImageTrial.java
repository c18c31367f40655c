package org.retinaspark.udf.pipeline;

import java.util.List;
import java.util.function.Supplier;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;
import org.retinaspark.udf.runtime.TensorLease;
import org.retinaspark.udf.runtime.TensorPool;

/**
 * Gives the network one small black image, to see that it works at all.
 *
 * @param tensors memory of the trial's own, so that it waits for no image
 */
public record ImageTrial(
    ModelDescription model, Detector detector, Inference inference, Supplier<TensorPool> tensors) {

  private static final int SIDE = 64;

  /**
   * Runs it.
   *
   * @throws org.retinaspark.udf.runtime.InferenceException if the network fails
   * @throws org.retinaspark.udf.detect.InvalidOutputException if its outputs are not what the
   *     model's family promises
   */
  public void run() throws InterruptedException {
    Pixels black = new Pixels(SIDE, SIDE, new byte[SIDE * SIDE * Pixels.CHANNELS]);
    Placement placement = detector.placements(SIDE, SIDE).get(0);
    long size = model.format().layout().bytes(placement);
    try (TensorPool memory = tensors.get()) {
      TensorLease tensor = memory.leaseMore(size);
      model.format().fill(black, placement, tensor.buffer());
      InputKind kind = new InputKind(model.ports(), model.format().layout().shape(placement));
      try (Pending<Candidates> candidates =
          inference.submit(
              tensor,
              kind,
              outputs -> detector.candidates(new NetworkOutput(placement, outputs)))) {
        detector.faces(List.of(candidates.await().value()));
      }
    }
  }
}
