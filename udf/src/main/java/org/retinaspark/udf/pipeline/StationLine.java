package org.retinaspark.udf.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.retinaspark.udf.image.PixelPool;

/**
 * The stations that each image of a task passes, in order. An image enters on the thread that
 * decodes, where it stands at the first; the task's own thread takes it through the others. Up to
 * some images stand at each of those, so that what is found in several may share batches.
 *
 * <p>Pixels stay until an image has left the last station: where only the first reads them, no
 * longer than it takes to fill its tensors, in the decoder's memory, which the next image is
 * decoded into after that; else in memory of the image's own, bounded for the task.
 */
final class StationLine implements AutoCloseable {

  /** Images at each station behind the first, at most. */
  private static final int AHEAD = 4;

  private final Station first;
  private final List<Station> others;
  private final PixelPool pixels;

  /**
   * A line.
   *
   * @param pixels memory for images that stand in it; owned by the line from here on
   */
  StationLine(Station first, List<Station> others, PixelPool pixels) {
    this.first = first;
    this.others = List.copyOf(others);
    this.pixels = pixels;
  }

  /** The largest share of an image's resolution that a station needs. */
  double usefulShare(int width, int height) {
    double share = first.usefulShare(width, height);
    for (Station station : others) {
      share = Math.max(share, station.usefulShare(width, height));
    }
    return share;
  }

  /**
   * Hands a decoded image to the first station.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for room
   */
  Prepared enter(ImageInProgress image) throws InterruptedException {
    if (image.failure() != null || others.stream().noneMatch(Station::readsPixels)) {
      try (image) {
        return Prepared.at(first, image);
      }
    }
    try {
      image.keep(pixels.keep(image.pixels()));
    } catch (OutOfMemoryError failure) {
      image.fail(Failure.atStation(image.input().image(), failure));
    }
    return Prepared.at(first, image);
  }

  /** Tries the networks behind the first. */
  void tryOut() throws InterruptedException {
    for (Station station : others) {
      station.tryOut();
    }
  }

  /** The images of a task as they leave the line, in their order. */
  Finished over(DecodeAhead decoding) {
    Finished finished = new AtFirst(decoding);
    for (Station station : others) {
      finished = new AtStation(station, finished);
    }
    return finished;
  }

  @Override
  public void close() {
    pixels.close();
  }

  /** Images that have passed a station. Used by the task's own thread. */
  interface Finished extends AutoCloseable {

    boolean hasNext() throws InterruptedException;

    /** Whether the next image can be had without waiting for one to be decoded. */
    boolean isReady();

    ImageInProgress next() throws InterruptedException;

    /** Gives up the images that stand here. */
    @Override
    void close();
  }

  private record AtFirst(DecodeAhead decoding) implements Finished {

    @Override
    public boolean hasNext() throws InterruptedException {
      return decoding.hasNext();
    }

    @Override
    public boolean isReady() {
      return decoding.isReady();
    }

    @Override
    public ImageInProgress next() throws InterruptedException {
      return decoding.next().finish();
    }

    @Override
    public void close() {
      decoding.close();
    }
  }

  private static final class AtStation implements Finished {

    private final Station station;
    private final Finished before;
    private final Deque<Prepared> standing = new ArrayDeque<>();

    AtStation(Station station, Finished before) {
      this.station = station;
      this.before = before;
    }

    @Override
    public boolean hasNext() throws InterruptedException {
      return !standing.isEmpty() || before.hasNext();
    }

    @Override
    public boolean isReady() {
      return !standing.isEmpty() || before.isReady();
    }

    @Override
    public ImageInProgress next() throws InterruptedException {
      // While images stand here the decoder may wait for the room that they take, so that it must
      // not be waited for.
      while (standing.isEmpty() || (standing.size() < AHEAD && before.isReady())) {
        standing.add(Prepared.at(station, before.next()));
      }
      return standing.remove().finish();
    }

    @Override
    public void close() {
      try (before) {
        standing.forEach(Prepared::close);
      }
    }
  }
}
