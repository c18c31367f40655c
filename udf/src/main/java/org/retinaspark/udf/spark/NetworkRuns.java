package org.retinaspark.udf.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.onnx.InferenceException;
import org.retinaspark.udf.onnx.Session;
import org.retinaspark.udf.onnx.TensorMemory;

/**
 * Gives images to the network: inputs of one tensor size together, at most a batch at a time. A
 * batch that fails is repeated one by one, so that only the guilty image fails.
 */
final class NetworkRuns implements AutoCloseable {

  /** Bytes of one run's input: bounds native memory whatever the images' sizes. */
  private static final long RUN_LIMIT = 256L << 20;

  private final Detector detector;
  private final Session session;
  private final int batchSize;
  private final TensorMemory memory = new TensorMemory();

  NetworkRuns(Detector detector, Session session, int batchSize) {
    this.detector = detector;
    this.session = session;
    this.batchSize = batchSize;
  }

  void run(List<ImageInProgress> images) {
    Map<TensorSize, List<Slot>> bySize = new LinkedHashMap<>();
    for (ImageInProgress image : images) {
      for (int index = 0; index < image.placements().size(); index++) {
        Slot slot = new Slot(image, index);
        bySize
            .computeIfAbsent(TensorSize.of(slot.placement()), size -> new ArrayList<>())
            .add(slot);
      }
    }
    bySize.forEach(
        (size, slots) -> {
          int most = (int) Math.max(1, Math.min(batchSize, RUN_LIMIT / tensorBytes(slots.get(0))));
          for (int start = 0; start < slots.size(); start += most) {
            runTogether(slots.subList(start, Math.min(start + most, slots.size())));
          }
        });
  }

  private void runTogether(List<Slot> batch) {
    try {
      runOnce(batch);
    } catch (InferenceException | IllegalArgumentException | OutOfMemoryError failure) {
      if (batch.size() > 1) {
        batch.forEach(slot -> runTogether(List.of(slot)));
      } else {
        String code = failure instanceof OutOfMemoryError ? "out_of_memory" : "run_failed";
        batch.get(0).image().fail(Failure.of(Failure.INFER, code, failure));
      }
    }
  }

  private void runOnce(List<Slot> batch) {
    int length = Math.toIntExact(tensorBytes(batch.get(0)));
    ByteBuffer tensors = memory.bytes((long) length * batch.size());
    List<Placement> placements = new ArrayList<>(batch.size());
    for (int index = 0; index < batch.size(); index++) {
      Slot slot = batch.get(index);
      placements.add(slot.placement());
      detector.fill(slot.image().pixels(), slot.placement(), tensors.slice(index * length, length));
    }
    List<NetworkOutput> outputs = session.run(tensors, placements);
    for (int index = 0; index < batch.size(); index++) {
      Slot slot = batch.get(index);
      slot.image().output(slot.index(), outputs.get(index));
    }
  }

  private long tensorBytes(Slot slot) {
    return detector.tensorBytes(slot.placement());
  }

  @Override
  public void close() {
    memory.close();
  }

  /** One network input of one image. */
  private record Slot(ImageInProgress image, int index) {

    Placement placement() {
      return image.placements().get(index);
    }
  }

  private record TensorSize(int width, int height) {

    static TensorSize of(Placement placement) {
      return new TensorSize(placement.tensorWidth(), placement.tensorHeight());
    }
  }
}
