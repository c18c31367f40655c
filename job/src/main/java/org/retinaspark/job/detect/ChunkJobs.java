package org.retinaspark.job.detect;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.retinaspark.io.images.ImageFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does chunks in their order, two at a time: while the last tasks of one run, the first ones of the
 * next fill the cores. The first failure ends all.
 */
final class ChunkJobs {

  private static final Logger LOG = LoggerFactory.getLogger(ChunkJobs.class);

  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final JavaSparkContext context;
  private final Work work;
  private final String group = UUID.randomUUID().toString();

  ChunkJobs(JavaSparkContext context, Work work) {
    this.context = context;
    this.work = work;
  }

  /** What is done with the units of a chunk: a Spark job that leaves them committed. */
  @FunctionalInterface
  interface Work {

    /** Does a chunk. */
    void run(List<ImageFile> units) throws IOException;
  }

  /**
   * Does all chunks.
   *
   * @param chunks taken one after the other, each when the one before it has begun
   * @param files in all of them
   * @throws IOException if one could not be committed
   * @throws RuntimeException if Spark could not do one
   */
  void run(Iterator<List<ImageFile>> chunks, long files) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    CompletionService<Void> jobs = new ExecutorCompletionService<>(threads);
    int running = 0;
    long begun = 0;
    try {
      for (int chunk = 1; chunks.hasNext(); chunk++) {
        List<ImageFile> units = chunks.next();
        if (running == AT_ONCE) {
          jobs.take().get();
          running--;
        }
        String name =
            "chunk %d, files %d to %d of %d"
                .formatted(chunk, begun + 1, begun + units.size(), files);
        begun += units.size();
        jobs.submit(() -> run(units, name));
        running++;
      }
      for (; running > 0; running--) {
        jobs.take().get();
      }
    } catch (ExecutionException failure) {
      throw failure(Objects.requireNonNull(failure.getCause()));
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between chunks; --resume goes on with the run");
    } finally {
      end(threads);
    }
  }

  private Void run(List<ImageFile> units, String name) throws IOException {
    LOG.info("{}: begins", name);
    context.setJobGroup(group, name, false);
    work.run(units);
    return null;
  }

  private static RuntimeException failure(Throwable cause) throws IOException {
    if (cause instanceof IOException failure) {
      throw failure;
    }
    return cause instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(
            "a chunk could not be done (%s): what was committed before stays, for --resume"
                .formatted(cause.getMessage()),
            cause);
  }

  /** Ends what a failure left running, so that nothing is written once the lock is given back. */
  private void end(ExecutorService threads) {
    threads.shutdown();
    if (!threads.isTerminated()) {
      context.sc().cancelJobGroupAndFutureJobs(group);
    }
    try {
      threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }
}
