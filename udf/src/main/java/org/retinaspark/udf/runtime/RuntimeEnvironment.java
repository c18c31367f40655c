package org.retinaspark.udf.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * ONNX Runtime's environment, one a JVM, made with care.
 *
 * <p>As it starts, ONNX Runtime 1.29 matches the command line of its process against a recursive
 * regular expression. Executors have long command lines, by their class paths: from about 8,000
 * characters on the recursion overflows the megabyte of stack that a Java thread has, and the JVM
 * dies without a word. So the environment is made on a thread with a stack of its own size.
 */
final class RuntimeEnvironment {

  /**
   * For command lines of 500,000 characters and more: measured, 64 KiB of them take under 16 MiB.
   */
  private static final long STACK_BYTES = 512L << 20;

  private static final OrtEnvironment SHARED = create();

  private RuntimeEnvironment() {}

  static OrtEnvironment shared() {
    return SHARED;
  }

  private static OrtEnvironment create() {
    Start start = new Start(new CompletableFuture<>());
    new Thread(null, start, "retinaspark-onnxruntime-start", STACK_BYTES).start();
    try {
      return start.environment().join();
    } catch (CompletionException failure) {
      throw new IllegalStateException("ONNX Runtime can't be loaded", failure.getCause());
    }
  }

  /** A class of its own: the other waits for it while it is being initialised itself. */
  private record Start(CompletableFuture<OrtEnvironment> environment) implements Runnable {

    @Override
    public void run() {
      try {
        // Errors come as exceptions; warnings on standard error would drown ours.
        environment.complete(
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR));
      } catch (RuntimeException | Error failure) {
        environment.completeExceptionally(failure);
      }
    }
  }
}
