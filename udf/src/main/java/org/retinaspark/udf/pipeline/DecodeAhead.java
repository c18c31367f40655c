package org.retinaspark.udf.pipeline;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.pipeline.time.TimeLimit;

/**
 * Decodes a task's images on a thread of its own, in order, and hands them to the first station,
 * while the task runs the network. Used by the task's own thread, which gets an image as soon as
 * its first network input is handed in.
 *
 * <p>An image that the decoder hangs in is given up when its time is over; the thread is left
 * behind with its decoder, and another goes on behind the image.
 */
final class DecodeAhead implements AutoCloseable {

  /** Images that wait for the task's thread; those that have not failed are bounded by memory. */
  private static final int MOST_READY = 64;

  /** Units that are read ahead of their images. */
  private static final int MOST_UNITS = 64;

  private final Iterator<ImageUnit> units;
  private final ReadAhead reading;
  private final StationLine line;
  private final Supplier<Decoder> decoders;
  private final PipelineSettings settings;
  private final ExecutorHealth health;
  private final StageTimes times;
  private final BlockingQueue<Decoded> ready = new ArrayBlockingQueue<>(MOST_READY);
  private Decoding decoding;
  private @Nullable Prepared next;
  private int unitsAhead;
  private volatile boolean closed;

  /** Makes pixels of bytes. Used by one thread, which closes it. */
  interface Decoder extends AutoCloseable {

    /** Decodes an image; what can't be decoded becomes a failure, no error. */
    ImageInProgress decode(ReadImage image);

    @Override
    void close();
  }

  /** What the thread hands over: an image, the end of a unit, or why it has ended itself. */
  private record Decoded(@Nullable Prepared image, @Nullable Throwable end) {}

  /**
   * Starts the thread.
   *
   * @param units the task's units, pulled on its own thread
   * @param reading reads them; closed with this
   * @param line where decoded images go
   * @param decoders opens a decoder on the thread that is to use it
   */
  DecodeAhead(
      Iterator<ImageUnit> units,
      ReadAhead reading,
      StationLine line,
      Supplier<Decoder> decoders,
      PipelineSettings settings,
      ExecutorHealth health,
      StageTimes times) {
    this.units = units;
    this.reading = reading;
    this.line = line;
    this.decoders = decoders;
    this.settings = settings;
    this.health = health;
    this.times = times;
    decoding = new Decoding();
  }

  /** Whether there is another image; waits for it. */
  boolean hasNext() throws InterruptedException {
    readAhead();
    while (next == null && unitsAhead > 0) {
      take(await());
      readAhead();
    }
    return next != null;
  }

  /** Whether the next image can be had without waiting. */
  boolean isReady() {
    for (Decoded one = ready.peek(); next == null && one != null; one = ready.peek()) {
      take(ready.remove());
    }
    return next != null;
  }

  /** The next image, at the first station or failed. To be asked for only if there is one. */
  Prepared next() throws InterruptedException {
    hasNext();
    Prepared image = Objects.requireNonNull(next);
    next = null;
    return image;
  }

  private void readAhead() {
    while (unitsAhead < MOST_UNITS && units.hasNext()) {
      reading.add(units.next());
      unitsAhead++;
    }
  }

  private void take(Decoded one) {
    if (one.end() instanceof Error error) {
      throw error;
    }
    if (one.end() instanceof RuntimeException failure) {
      throw failure;
    }
    next = one.image();
    unitsAhead -= next == null ? 1 : 0;
  }

  private Decoded await() throws InterruptedException {
    long start = System.nanoTime();
    try {
      while (true) {
        Decoded one = ready.poll(decoding.limit.remainingMillis(), TimeUnit.MILLISECONDS);
        if (one != null) {
          return one;
        }
        if (decoding.limit.giveUpIfOver()) {
          return new Decoded(giveUp(), null);
        }
      }
    } finally {
      times.since(Stage.DECODE_WAIT, start);
    }
  }

  /** Leaves the thread that hangs behind, and its image with it. */
  private Prepared giveUp() {
    Decoding stuck = decoding;
    int leftBehind = stuck.leave();
    decoding = new Decoding();
    String message =
        "decoding took longer than the %s; the thread that hangs was left behind, and %d of this"
                .formatted(stuck.limit, leftBehind)
            + " executor do";
    return Prepared.failed(
        Objects.requireNonNull(stuck.image).input(),
        new Failure(Failure.DECODE, "timeout", message));
  }

  /** Stops reading and decoding, and gives up what was decoded; waits for none of it. */
  @Override
  public void close() {
    closed = true;
    reading.close();
    decoding.outlive();
    giveUpReady();
    if (next != null) {
      next.close();
    }
  }

  private void giveUpReady() {
    for (Decoded one = ready.poll(); one != null; one = ready.poll()) {
      if (one.image() != null) {
        one.image().close();
      }
    }
  }

  /** A thread, with a decoder that it owns. */
  private final class Decoding {

    private final TimeLimit limit = new TimeLimit(settings.imageTimeout());
    private final Thread thread = new Thread(this::run, "retinaspark-decode");
    private volatile @Nullable ReadImage image;
    private boolean left;
    private boolean ended;

    Decoding() {
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      try (Decoder decoder = decoders.get()) {
        while (true) {
          Prepared prepared = prepared(decoder);
          try {
            ready.put(new Decoded(prepared, null));
          } catch (InterruptedException ended) {
            if (prepared != null) {
              prepared.close();
            }
            throw ended;
          }
          if (prepared != null) {
            prepared.handInRest();
          }
        }
      } catch (InterruptedException | TimeLimit.GivenUpException ended) {
        // the task has ended, or goes on with another thread
      } catch (RuntimeException | Error failure) {
        hand(new Decoded(null, failure));
      } finally {
        end();
      }
    }

    private void hand(Decoded last) {
      try {
        ready.put(last);
      } catch (InterruptedException ended) {
        // nobody wants to know
      }
    }

    private synchronized void end() {
      ended = true;
      if (left) {
        health.cameBack();
      }
      if (closed) {
        giveUpReady();
      }
    }

    /** Goes on without the thread, which hangs; how many do. */
    private synchronized int leave() {
      int leftBehind = health.leaveBehind();
      left = true;
      thread.interrupt();
      return leftBehind;
    }

    /** Ends the thread, which may take its time. */
    private synchronized void outlive() {
      if (!ended) {
        health.outlived(1);
        left = true;
        thread.interrupt();
      }
    }

    private @Nullable Prepared prepared(Decoder decoder) throws InterruptedException {
      long start = System.nanoTime();
      ReadImage read = reading.take();
      times.since(Stage.READ_WAIT, start);
      if (read == null) {
        return null;
      }
      image = read;
      limit.begin();
      ImageInProgress decoded = decoder.decode(read);
      limit.end();
      return line.enter(decoded);
    }
  }
}
