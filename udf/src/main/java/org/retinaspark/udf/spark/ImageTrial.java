package org.retinaspark.udf.spark;

import java.util.List;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Pixels;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.onnx.Inference;
import org.retinaspark.udf.onnx.Pending;
import org.retinaspark.udf.onnx.TensorLease;
import org.retinaspark.udf.onnx.TensorPool;
import org.retinaspark.udf.onnx.TensorReserve;

/** Gives the network one small black image, to see that it works at all. */
record ImageTrial(Detector detector, Inference inference) {

  private static final int SIDE = 64;

  /**
   * Runs it.
   *
   * @throws org.retinaspark.udf.onnx.InferenceException if the network fails
   * @throws org.retinaspark.udf.detect.InvalidOutputException if its outputs are not what the
   *     model's family promises
   */
  void run() throws InterruptedException {
    Pixels black = new Pixels(SIDE, SIDE, new byte[SIDE * SIDE * Pixels.CHANNELS]);
    Placement placement = detector.placements(SIDE, SIDE).get(0);
    long size = detector.tensorBytes(placement);
    try (TensorReserve reserve = new TensorReserve();
        TensorPool memory = new TensorPool(reserve, 1, size)) {
      TensorLease tensor = memory.lease(List.of(size)).get(0);
      detector.fill(black, placement, tensor.buffer());
      try (Pending<Candidates> candidates =
          inference.submit(tensor, placement, detector::candidates)) {
        detector.faces(List.of(candidates.await().value()));
      }
    }
  }
}
