package org.retinaspark.udf.runtime;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** One input that waits for its batch. */
final class BatchRequest<T> implements Pending<T> {

  private final TensorLease tensor;
  private final InputKind kind;
  private final Function<List<FloatBuffer>, T> reader;
  private final long handedIn = System.nanoTime();
  private final CompletableFuture<Inferred<T>> result = new CompletableFuture<>();

  BatchRequest(TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader) {
    this.tensor = tensor;
    this.kind = kind;
    this.reader = reader;
  }

  TensorLease tensor() {
    return tensor;
  }

  InputKind kind() {
    return kind;
  }

  /** When it was handed in, by {@link System#nanoTime}. */
  long handedIn() {
    return handedIn;
  }

  /** Gives the input back, unless it was given up before; whether it is still wanted. */
  boolean isWanted() {
    if (result.isDone()) {
      tensor.close();
    }
    return !result.isDone();
  }

  void complete(List<FloatBuffer> outputs, long started, long runNanos) {
    try (tensor) {
      result.complete(new Inferred<>(reader.apply(outputs), started - handedIn, runNanos));
    } catch (RuntimeException | Error refused) {
      result.completeExceptionally(refused);
    }
  }

  void fail(Throwable failure) {
    try (tensor) {
      result.completeExceptionally(failure);
    }
  }

  @Override
  public Inferred<T> await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure.getCause();
    }
  }

  /** Gives it up; its memory goes back once no run can be reading it. */
  @Override
  public void close() {
    result.cancel(false);
  }
}
