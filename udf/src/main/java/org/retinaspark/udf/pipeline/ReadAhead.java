package org.retinaspark.udf.pipeline;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.pipeline.time.TimeLimit;

/**
 * Reads a task's units ahead, several at once on threads of its own, and gives their images in
 * order. What is read and not yet taken is bounded in bytes and number, except that the first unit
 * may always have one image ready: it is what everybody waits for.
 *
 * <p>A unit whose file hangs is given up when its turn comes and its time is over; its thread is
 * left behind, and another takes its place, so that what stands behind it is read by as many.
 */
final class ReadAhead implements AutoCloseable {

  /** Images between storage and decoder, at most, however small. */
  private static final int MOST_IMAGES = 64;

  private static final Failure DEADLY =
      new Failure(
          Failure.INFER,
          "killed_executor",
          "executors died while they looked at this image, so it was not tried again;"
              + " --retry-failed tries it once more");

  private final PipelineSettings settings;
  private final long maximumBytes;
  private final InFlight inFlight;
  private final ExecutorHealth health;
  private final StageTimes times;
  private final Deque<UnitReading> units = new ArrayDeque<>();
  private final Set<Thread> readers = new HashSet<>();
  private @Nullable RuntimeException broken;
  private int idle;
  private int images;
  private long bytes;
  private boolean closed;

  /**
   * Reads nothing yet.
   *
   * @param maximumBytes a larger file is not read
   * @param inFlight is told of each image before it is read
   */
  ReadAhead(
      PipelineSettings settings,
      long maximumBytes,
      InFlight inFlight,
      ExecutorHealth health,
      StageTimes times) {
    this.settings = settings;
    this.maximumBytes = maximumBytes;
    this.inFlight = inFlight;
    this.health = health;
    this.times = times;
  }

  /** Puts a unit behind the others. */
  synchronized void add(ImageUnit unit) {
    units.add(new UnitReading(unit, new TimeLimit(settings.imageTimeout())));
    long waiting = units.stream().filter(other -> other.reader == null).count();
    if (waiting > idle && readers.size() < settings.readers()) {
      startReader();
    }
    notifyAll();
  }

  /**
   * The next image, read or failed; nothing where a unit has ended. Waits for units that are added
   * later.
   *
   * @throws BrokenExecutorException if this executor can't read
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  synchronized @Nullable ReadImage take() throws InterruptedException {
    while (true) {
      if (broken != null) {
        throw broken;
      }
      UnitReading first = units.peek();
      if (first == null) {
        wait();
      } else if (!first.read.isEmpty()) {
        ReadImage image = first.read.remove();
        images--;
        bytes -= image.bytes().length;
        notifyAll();
        return image;
      } else if (first.ended) {
        units.remove();
        notifyAll();
        return null;
      } else if (first.limit.giveUpIfOver()) {
        giveUp(first);
      } else {
        wait(first.limit.remainingMillis());
      }
    }
  }

  private void giveUp(UnitReading unit) {
    Thread stuck = unit.reader;
    if (stuck != null && readers.remove(stuck)) {
      int leftBehind = health.leaveBehind();
      stuck.interrupt();
      startReader();
      images += unit.current == null ? 1 : 0;
      unit.read.add(unit.givenUp(leftBehind));
    }
    end(unit);
  }

  private void end(UnitReading unit) {
    bytes -= unit.reserved;
    unit.reserved = 0;
    unit.ended = true;
    notifyAll();
  }

  private void startReader() {
    Thread reader = new Thread(this::serve, "retinaspark-read");
    reader.setDaemon(true);
    readers.add(reader);
    reader.start();
  }

  private void serve() {
    try {
      while (true) {
        read(begin());
      }
    } catch (InterruptedException | TimeLimit.GivenUpException ended) {
      // the task has ended, or goes on with another thread
    } catch (RuntimeException | Error failure) {
      breakOff(failure);
    } finally {
      leave();
    }
  }

  private synchronized void breakOff(Throwable failure) {
    broken =
        failure instanceof RuntimeException known
            ? known
            : new BrokenExecutorException("a thread that reads has died: " + failure, failure);
    notifyAll();
  }

  private synchronized void leave() {
    if (!readers.remove(Thread.currentThread())) {
      health.cameBack();
    }
  }

  /** Waits for a unit that nobody reads, and takes it. */
  private synchronized UnitReading begin() throws InterruptedException {
    idle++;
    try {
      while (true) {
        for (UnitReading unit : units) {
          long held = unit.unit.heldBytes();
          boolean room = unit == units.peek() || bytes + held <= settings.readAheadBytes();
          if (unit.reader == null && room) {
            unit.reader = Thread.currentThread();
            unit.reserved = held;
            bytes += held;
            return unit;
          }
        }
        wait();
      }
    } finally {
      idle--;
    }
  }

  private void read(UnitReading unit) throws InterruptedException {
    try (ImageUnit.Images images = unit.unit.open()) {
      for (ImageInput next = next(unit, images); next != null; next = next(unit, images)) {
        boolean deadly = inFlight.isDeadly(next.image());
        if (!deadly) {
          begin(next);
        }
        admit(unit, next);
        accept(unit, deadly ? ReadImage.failed(next, DEADLY) : read(unit, next));
      }
    } catch (TimeLimit.GivenUpException | BrokenExecutorException notTheUnits) {
      throw notTheUnits;
    } catch (RuntimeException | OutOfMemoryError fault) {
      requireGoingOn();
      ImageInput lost = unit.unit.lost();
      admit(unit, lost);
      accept(unit, ReadImage.failed(lost, Failure.internal(Failure.READ, lost.image(), fault)));
    }
    synchronized (this) {
      end(unit);
    }
  }

  private void begin(ImageInput image) throws InterruptedException {
    try {
      inFlight.begin(image.image());
    } catch (IOException failure) {
      throw new BrokenExecutorException(
          "that '%s' is in work can't be noted, so that it would not be known if it ended this"
                  .formatted(image.image())
              + " executor: the task fails, for another to try it",
          failure);
    }
  }

  /** A thread that is interrupted meets failures that tell of nothing else. */
  private synchronized void requireGoingOn() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("the task has ended");
    }
  }

  private @Nullable ImageInput next(UnitReading unit, ImageUnit.Images images) {
    long start = System.nanoTime();
    unit.limit.begin();
    try {
      return images.next();
    } finally {
      times.since(Stage.READ, start);
      unit.limit.end();
    }
  }

  private ReadImage read(UnitReading unit, ImageInput input) {
    long start = System.nanoTime();
    unit.limit.begin();
    ReadImage image = ReadImage.of(input, maximumBytes);
    times.since(Stage.READ, start);
    if (image.isDenied()) {
      health.wasDenied(input.uri());
    } else if (image.failure() == null && unit.unit instanceof ImageUnit.Single) {
      health.wasRead(input.content());
    }
    unit.limit.end();
    return image;
  }

  /** Waits for room for an image, of which an unknown length counts once it is read. */
  private synchronized void admit(UnitReading unit, ImageInput input) throws InterruptedException {
    long size = Math.max(0, Math.min(input.length(), maximumBytes));
    while ((unit != units.peek() || !unit.read.isEmpty())
        && (images >= MOST_IMAGES || bytes + size > settings.readAheadBytes())) {
      wait();
    }
    images++;
    bytes += size;
    unit.reserved += size;
    unit.current = input;
  }

  private synchronized void accept(UnitReading unit, ReadImage image) {
    long held = unit.unit.heldBytes();
    bytes += image.bytes().length - (unit.reserved - held);
    unit.reserved = held;
    unit.current = null;
    unit.read.add(image);
    notifyAll();
  }

  /** Stops reading; doesn't wait for it. */
  @Override
  public void close() {
    List<Thread> reading;
    synchronized (this) {
      closed = true;
      reading = new ArrayList<>(readers);
      health.outlived(readers.size());
      readers.clear();
      units.clear();
    }
    reading.forEach(Thread::interrupt);
  }
}
