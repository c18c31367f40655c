package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * A network whose only output is an input's first value. It refuses what is below zero, and hangs
 * at {@link #HANGS} until it is let go.
 */
final class FakeNetwork implements Network {

  static final float HANGS = 1e9f;

  private static final Ports PORTS =
      new Ports("input", ElementType.FLOAT, List.of("output"), Integer.MAX_VALUE);

  final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
  final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
  final CountDownLatch hanging = new CountDownLatch(1);
  final CountDownLatch letGo = new CountDownLatch(1);
  volatile boolean closed;

  /** Hands in a square input of three channels that begins with a value. */
  static Pending<Float> submit(Inference inference, TensorPool pool, int side, float value)
      throws InterruptedException {
    return submit(inference, pool.lease(bytes(side)), side, value);
  }

  static Pending<Float> submit(Inference inference, TensorLease tensor, int side, float value)
      throws InterruptedException {
    return submit(inference, tensor, side, value, outputs -> outputs.get(0).get(0));
  }

  /** A lease's memory holds anything, so nothing is handed in but by here. */
  static Pending<Float> submit(
      Inference inference,
      TensorLease tensor,
      int side,
      float value,
      Function<List<FloatBuffer>, Float> reader)
      throws InterruptedException {
    tensor.buffer().order(ByteOrder.nativeOrder()).putFloat(0, value);
    return inference.submit(tensor, kind(side), reader);
  }

  private static InputKind kind(int side) {
    return new InputKind(PORTS, List.of(3, side, side));
  }

  static long bytes(int side) {
    return 3L * side * side * Float.BYTES;
  }

  @Override
  public BatchOutputs run(InputKind kind, int batch, ByteBuffer tensors) {
    batches.add(batch);
    threads.add(Thread.currentThread());
    List<List<FloatBuffer>> outputs = new ArrayList<>();
    FloatBuffer values = tensors.order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int index = 0; index < batch; index++) {
      float value = values.get(index * values.limit() / batch);
      if (value < 0) {
        throw new InferenceException("refused", new IllegalStateException("value " + value));
      }
      if (value == HANGS) {
        hang();
      }
      outputs.add(List.of(FloatBuffer.wrap(new float[] {value})));
    }
    return new BatchOutputs(outputs, () -> {});
  }

  /** As a call into native code does, it doesn't notice that its thread is interrupted. */
  private void hang() {
    hanging.countDown();
    boolean interrupted = false;
    while (letGo.getCount() > 0) {
      try {
        letGo.await();
      } catch (InterruptedException ignored) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public SessionFacts facts() {
    return new SessionFacts(Provider.CPU, 0, SessionRequest.Precision.FLOAT32, "none");
  }

  @Override
  public void close() {
    closed = true;
  }
}
