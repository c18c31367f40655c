package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.Pending;

/**
 * The station of every line that stands first. The network inputs that its look makes of an image
 * are filled one after the other, each when there is memory for it, by the thread that decodes: it
 * does so while the network runs on those before, and goes on to the next image once the last is
 * filled.
 */
final class FirstStation<T> implements Station {

  private final Look<T> look;
  private final StationNetwork network;
  private final StageTimes times;

  FirstStation(Look<T> look, StationNetwork network, StageTimes times) {
    this.look = look;
    this.network = network;
    this.times = times;
  }

  @Override
  public double usefulShare(int width, int height) {
    return look.usefulShare(width, height);
  }

  @Override
  public Step submit(ImageInProgress image) throws InterruptedException {
    Inputs inputs = new Inputs(image, look.inputs(image));
    if (inputs.left.hasNext()) {
      inputs.handInNext();
    }
    return inputs;
  }

  /** Handed in by the thread that decodes, finished by the task's own. */
  private final class Inputs implements Step {

    private final ImageInProgress image;
    private final int count;
    // Used by the thread that decodes.
    private final Iterator<StationNetwork.Input<T>> left;
    // Guarded by this.
    private final List<Pending<T>> handedIn;
    private @Nullable Throwable failure;
    private boolean closed;

    Inputs(ImageInProgress image, List<StationNetwork.Input<T>> inputs) {
      this.image = image;
      this.count = inputs.size();
      this.left = inputs.iterator();
      this.handedIn = new ArrayList<>(inputs.size());
    }

    void handInNext() throws InterruptedException {
      Pending<T> pending = network.submit(left.next());
      synchronized (this) {
        handedIn.add(pending);
        notifyAll();
        if (closed) {
          pending.close();
        }
      }
    }

    @Override
    public void handInRest() throws InterruptedException {
      try {
        while (left.hasNext() && isWanted()) {
          handInNext();
        }
      } catch (RuntimeException | Error cause) {
        fail(cause);
      }
    }

    private synchronized boolean isWanted() {
      return !closed;
    }

    private synchronized void fail(Throwable cause) {
      failure = cause;
      notifyAll();
    }

    @Override
    public void finish() throws InterruptedException {
      List<T> read = new ArrayList<>(count);
      while (read.size() < count) {
        read.add(network.await(handedIn(read.size())));
      }
      look.found(image, read);
    }

    private synchronized Pending<T> handedIn(int index) throws InterruptedException {
      long start = System.nanoTime();
      while (handedIn.size() <= index && failure == null) {
        wait();
      }
      times.since(Stage.DECODE_WAIT, start);
      if (handedIn.size() > index) {
        return handedIn.get(index);
      }
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) Objects.requireNonNull(failure);
    }

    @Override
    public synchronized void close() {
      closed = true;
      handedIn.forEach(Pending::close);
    }
  }
}
