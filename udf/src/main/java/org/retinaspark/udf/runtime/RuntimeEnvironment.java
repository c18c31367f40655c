package org.retinaspark.udf.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's environment, one a JVM, made with care.
 *
 * <p>As it starts, ONNX Runtime 1.29 matches the command line of its process against a recursive
 * regular expression. Executors have long command lines, by their class paths: from about 8,000
 * characters on the recursion overflows the megabyte of stack that a Java thread has, and the JVM
 * dies without a word. So the environment is made on a thread with a stack of its own size.
 *
 * <p>As the JVM ends, a hook of ONNX Runtime's frees the environment, whoever runs or opens a
 * session at that moment, and the JVM crashes (onnxruntime#31352). Hooks run at the same time, so
 * that none of ours could come before it. But the environment counts its owners: we are a second
 * one and never give it back, so that it lives until the process has gone.
 */
final class RuntimeEnvironment {

  /**
   * For command lines of 500,000 characters and more: measured, 64 KiB of them take under 16 MiB.
   */
  private static final long STACK_BYTES = 512L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(RuntimeEnvironment.class);

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
        OrtEnvironment created =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        own();
        environment.complete(created);
      } catch (RuntimeException | Error failure) {
        environment.completeExceptionally(failure);
      }
    }

    /** Becomes an owner of the environment that is there, by the call that made it. */
    private static void own() {
      try {
        Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
        Method create =
            OrtEnvironment.class.getDeclaredMethod(
                "createHandle", long.class, int.class, String.class);
        api.setAccessible(true);
        create.setAccessible(true);
        create.invoke(
            null,
            api.getLong(null),
            OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR.getValue(),
            OrtEnvironment.DEFAULT_NAME);
      } catch (ReflectiveOperationException | RuntimeException other) {
        LOG.warn(
            "this ONNX Runtime can't be kept until the process ends: it may crash then", other);
      }
    }
  }
}
