package org.retinaspark.udf.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task's images on their way from their files to the network, in order: some being read, one
 * being decoded, a few waiting for the network. Only the task's own thread calls it.
 */
final class ImageQueue implements AutoCloseable {

  /** Images between listing and network, at most, however small. */
  private static final int MOST_IMAGES = 64;

  private final Iterator<ImageInput> images;
  private final PipelineSettings settings;
  private final long maximumBytes;
  private final Supplier<DecodeThread> decoders;
  private final StageTimes times;
  private final ThreadPoolExecutor readers;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private DecodeThread decoder;
  private @Nullable ImageInput next;
  private long bytes;

  /**
   * A queue over a task's images.
   *
   * @param maximumBytes a larger file is not read
   * @param decoders starts a thread that decodes; asked again when one hangs
   */
  ImageQueue(
      Iterator<ImageInput> images,
      PipelineSettings settings,
      long maximumBytes,
      Supplier<DecodeThread> decoders,
      StageTimes times) {
    this.images = images;
    this.settings = settings;
    this.maximumBytes = maximumBytes;
    this.decoders = decoders;
    this.times = times;
    int threads = settings.readers();
    readers =
        new ThreadPoolExecutor(
            threads, threads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ImageQueue::reader);
    readers.allowCoreThreadTimeOut(true);
    decoder = decoders.get();
  }

  private static Thread reader(Runnable work) {
    Thread thread = new Thread(work, "retinaspark-read");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether there is another image. */
  boolean hasNext() {
    return !entries.isEmpty() || next != null || images.hasNext();
  }

  /** Whether the next image can be had without waiting. */
  boolean isReady() {
    return !entries.isEmpty() && entries.element().prepared().isDone();
  }

  /**
   * The next image, read, decoded and handed to the first station, or failed.
   *
   * @throws InterruptedException if the task is killed
   */
  Prepared next() throws InterruptedException {
    readAhead();
    Entry entry = entries.remove();
    bytes -= size(entry.input());
    Prepared image = prepared(entry);
    readAhead();
    return image;
  }

  private void readAhead() {
    while (entries.size() < MOST_IMAGES && (next != null || images.hasNext())) {
      ImageInput input = next == null ? images.next() : next;
      boolean room = entries.isEmpty() || bytes + size(input) <= settings.readAheadBytes();
      next = room ? null : input;
      if (!room) {
        return;
      }
      bytes += size(input);
      Future<Content> read = readers.submit(() -> read(input));
      entries.add(new Entry(input, read, decoder.prepare(input, read)));
    }
  }

  /** What a file counts for; one of unknown length counts once it is read. */
  private static long size(ImageInput input) {
    return Math.max(0, input.length());
  }

  private Content read(ImageInput input) {
    long start = System.nanoTime();
    try {
      return Content.of(input, maximumBytes);
    } finally {
      times.since(Stage.READ, start);
    }
  }

  private Prepared prepared(Entry entry) throws InterruptedException {
    long start = System.nanoTime();
    // Reading has a time limit of its own, within this one.
    long limit = 2 * settings.imageTimeout().toMillis();
    try {
      return entry.prepared().get(limit, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      entry.giveUp();
      replaceDecoder();
      String message =
          "decoding took longer than the %d s of --image-timeout"
              .formatted(settings.imageTimeout().toSeconds());
      return Prepared.failed(entry.input(), new Failure(Failure.DECODE, "timeout", message));
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(
          "image '" + entry.input().image() + "' can't be prepared", failure.getCause());
    } finally {
      times.since(Stage.DECODE_WAIT, start);
    }
  }

  /** Leaves the decoder that hangs behind, and gives its work to another. */
  private void replaceDecoder() {
    decoder.close();
    decoder = decoders.get();
    List<Entry> behind = List.copyOf(entries);
    entries.clear();
    for (Entry entry : behind) {
      entries.add(
          new Entry(entry.input(), entry.read(), decoder.prepare(entry.input(), entry.read())));
    }
  }

  /** Stops reading and decoding; doesn't wait for either. */
  @Override
  public void close() {
    readers.shutdownNow();
    decoder.close();
    entries.forEach(Entry::giveUp);
  }

  private record Entry(
      ImageInput input, Future<Content> read, CompletableFuture<Prepared> prepared) {

    /** Frees what the image holds, now or when its preparation ends. */
    void giveUp() {
      var unused = prepared.thenAccept(Prepared::close);
    }
  }
}
