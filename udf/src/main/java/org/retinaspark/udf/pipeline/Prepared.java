package org.retinaspark.udf.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * An image that stands at a station. Closing it gives it up.
 *
 * @param image the image
 * @param step what is left to do there; nothing for an image that has failed
 */
record Prepared(ImageInProgress image, Station.@Nullable Step step) implements AutoCloseable {

  /** An image that has failed. */
  static Prepared failed(ImageInput input, Failure reason) {
    return new Prepared(ImageInProgress.failed(input, reason), null);
  }

  /** Hands an image to a station, unless it has failed; a failure there is the image's. */
  static Prepared at(Station station, ImageInProgress image) throws InterruptedException {
    if (image.failure() != null) {
      return new Prepared(image, null);
    }
    try {
      return new Prepared(image, station.submit(image));
    } catch (RuntimeException | OutOfMemoryError failure) {
      if (Thread.interrupted()) {
        // The task has ended, and took away what the station works with.
        image.close();
        throw new InterruptedException(failure.toString());
      }
      image.fail(Failure.atStation(image.input().image(), failure));
      return new Prepared(image, null);
    } catch (InterruptedException killed) {
      image.close();
      throw killed;
    }
  }

  /** Hands in what the station has left, though the image may be with the task's own thread. */
  void handInRest() throws InterruptedException {
    if (step != null) {
      step.handInRest();
    }
  }

  /** Does what is left to do; a failure is the image's. */
  ImageInProgress finish() throws InterruptedException {
    if (step == null) {
      return image;
    }
    try (step) {
      step.finish();
    } catch (RuntimeException | OutOfMemoryError failure) {
      image.fail(Failure.atStation(image.input().image(), failure));
    } catch (InterruptedException killed) {
      image.close();
      throw killed;
    }
    return image;
  }

  @Override
  public void close() {
    try (image) {
      if (step != null) {
        step.close();
      }
    }
  }
}
