package org.retinaspark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that take photos from one list until it is done. A pass ends with its last photo, so that
 * its time has no start-up in it but that of the JIT compiler, which is the first pass's.
 */
final class Loop implements AutoCloseable {

  private final List<Path> photos;
  private final List<FaceCounter> counters;
  private final ExecutorService threads;

  /** Opens a counter for each thread. */
  @FunctionalInterface
  interface Counters {
    FaceCounter open();
  }

  /**
   * One pass over all photos.
   *
   * @param seconds from the first file to the last face
   * @param faces how many were counted
   */
  record Pass(double seconds, long faces) {}

  Loop(List<Path> photos, Counters counters, int threads) {
    this.photos = photos;
    this.counters = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      this.counters.add(counters.open());
    }
    this.threads = Executors.newFixedThreadPool(threads);
  }

  Pass pass() throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    long started = System.nanoTime();
    List<Future<Long>> running = new ArrayList<>();
    for (FaceCounter counter : counters) {
      running.add(threads.submit(() -> faces(counter, next)));
    }
    long faces = 0;
    for (Future<Long> thread : running) {
      faces += thread.get();
    }
    return new Pass((System.nanoTime() - started) / 1e9, faces);
  }

  private long faces(FaceCounter counter, AtomicInteger next) {
    long faces = 0;
    for (int index = next.getAndIncrement();
        index < photos.size();
        index = next.getAndIncrement()) {
      try {
        faces += counter.count(photos.get(index));
      } catch (IOException failure) {
        throw new UncheckedIOException(photos.get(index).toString(), failure);
      }
    }
    return faces;
  }

  @Override
  public void close() {
    threads.shutdown();
    counters.forEach(FaceCounter::close);
  }
}
