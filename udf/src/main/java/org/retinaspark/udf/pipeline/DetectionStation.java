package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;

/**
 * The station of every line that stands first: a detector, whose protocol makes one or more network
 * inputs of an image. They are filled one after the other, each when there is memory for it, by the
 * thread that decodes: it does so while the network runs on those before, and goes on to the next
 * image once the last is filled.
 */
final class DetectionStation implements Station {

  private final ModelDescription model;
  private final Detector detector;
  private final StationNetwork network;
  private final StageTimes times;

  DetectionStation(
      ModelDescription model, Detector detector, StationNetwork network, StageTimes times) {
    this.model = model;
    this.detector = detector;
    this.network = network;
    this.times = times;
  }

  @Override
  public double usefulShare(int width, int height) {
    return detector.usefulShare(width, height);
  }

  @Override
  public Step submit(ImageInProgress image) throws InterruptedException {
    Pixels pixels = image.pixels();
    List<StationNetwork.Input<Candidates>> inputs =
        detector.placements(image.frame().width(), image.frame().height()).stream()
            .map(placement -> input(pixels, placement))
            .toList();
    Detection detection = new Detection(image, inputs);
    detection.handInNext();
    return detection;
  }

  private StationNetwork.Input<Candidates> input(Pixels pixels, Placement placement) {
    return new StationNetwork.Input<>(
        new InputKind(model.ports(), model.format().layout().shape(placement)),
        tensor -> model.format().fill(pixels, placement, tensor),
        outputs -> detector.candidates(new NetworkOutput(placement, outputs)));
  }

  /** Handed in by the thread that decodes, finished by the task's own. */
  private final class Detection implements Step {

    private final ImageInProgress image;
    private final int inputs;
    // Used by the thread that decodes.
    private final Iterator<StationNetwork.Input<Candidates>> left;
    // Guarded by this.
    private final List<Pending<Candidates>> handedIn;
    private @Nullable Throwable failure;
    private boolean closed;

    Detection(ImageInProgress image, List<StationNetwork.Input<Candidates>> inputs) {
      this.image = image;
      this.inputs = inputs.size();
      this.left = inputs.iterator();
      this.handedIn = new ArrayList<>(inputs.size());
    }

    void handInNext() throws InterruptedException {
      Pending<Candidates> pending = network.submit(left.next());
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
      List<Candidates> candidates = new ArrayList<>(inputs);
      while (candidates.size() < inputs) {
        candidates.add(network.await(handedIn(candidates.size())));
      }
      List<Face> faces = detector.faces(candidates);
      image.found(faces);
      image.describe(FaceDetails.detected(model.family(), faces));
    }

    private synchronized Pending<Candidates> handedIn(int index) throws InterruptedException {
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
