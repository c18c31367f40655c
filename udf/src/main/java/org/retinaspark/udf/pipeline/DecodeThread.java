package org.retinaspark.udf.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread that decodes a task's images, in order, while the task runs the network. It owns its
 * decoder and frees it as it ends, so that a thread that hangs in an image can be left behind.
 */
final class DecodeThread implements AutoCloseable {

  private final Preparation preparation;
  private final PipelineSettings settings;
  private final StageTimes times;
  private final ThreadPoolExecutor thread;

  /** Starts the thread. */
  DecodeThread(Preparation preparation, PipelineSettings settings, StageTimes times) {
    this.preparation = preparation;
    this.settings = settings;
    this.times = times;
    // What is handed in is bounded by what the task reads ahead.
    thread =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::createThread);
    thread.prestartCoreThread();
  }

  private Thread createThread(Runnable work) {
    Thread decoding =
        new Thread(
            () -> {
              try (preparation) {
                work.run();
              }
            },
            "retinaspark-decode");
    decoding.setDaemon(true);
    return decoding;
  }

  CompletableFuture<Prepared> prepare(ImageInput input, Future<Content> read) {
    CompletableFuture<Prepared> prepared = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            prepared.complete(preparation.prepare(input, content(read)));
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            prepared.completeExceptionally(ended);
          } catch (ExecutionException | RuntimeException | Error failure) {
            prepared.completeExceptionally(failure);
          }
        });
    return prepared;
  }

  private Content content(Future<Content> read) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    try {
      return read.get(settings.imageTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      read.cancel(true);
      return Content.failed(
          "timeout",
          "reading took longer than the %d s of --image-timeout"
              .formatted(settings.imageTimeout().toSeconds()));
    } finally {
      times.since(Stage.READ_WAIT, start);
    }
  }

  /** Ends the thread after the image that it is at; doesn't wait for it. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
