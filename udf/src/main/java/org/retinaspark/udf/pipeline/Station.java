package org.retinaspark.udf.pipeline;

/**
 * A place on an image's way where a network looks at it: the detector, or one that looks at the
 * faces that were found before. Stations stand in a line; each image passes them in order. A
 * station belongs to one task.
 *
 * <p>The first station of a line takes images on the thread that decodes, the others on the task's
 * own thread; the steps of all are finished on the task's own thread, in the order of the images.
 */
public interface Station {

  /**
   * Hands to the network what it has to look at; a station that stands first need only begin to.
   * The image's pixels may be read during this call, and where the station doesn't stand first,
   * until the step is finished.
   *
   * @throws FailedImageException if the image can't be looked at
   * @throws InterruptedException if the task is killed
   */
  Step submit(ImageInProgress image) throws InterruptedException;

  /**
   * How much of an image's resolution the station needs, as a share of its long side; 1 or more for
   * all of it.
   *
   * @param width columns of the image
   * @param height rows of the image
   */
  default double usefulShare(int width, int height) {
    return 1;
  }

  /** Whether the station reads pixels; those of an image are kept for it only then. */
  default boolean readsPixels() {
    return true;
  }

  /**
   * Gives its network one input, to see that it works at all; nothing for a station without one.
   * Not for the station that stands first.
   *
   * @throws org.retinaspark.udf.runtime.InferenceException if the network fails
   * @throws org.retinaspark.udf.detect.InvalidOutputException if its outputs are not what they
   *     should be
   * @throws InterruptedException if the task is killed
   */
  default void tryOut() throws InterruptedException {}

  /** What is left to do for an image at a station. Closing it unfinished gives the work up. */
  interface Step extends AutoCloseable {

    /**
     * Hands in what {@link #submit} left, each input as soon as there is memory for it. Called
     * once, on the same thread and for a station that stands first; the task's own thread may be in
     * {@link #finish} already, which is told what fails here. The pixels that {@link #submit} found
     * may be read until it returns.
     *
     * @throws InterruptedException if the task is killed
     */
    default void handInRest() throws InterruptedException {}

    /**
     * Waits for the network and writes what it found into the image. Called once, at most.
     *
     * @throws FailedImageException if the image can't be looked at
     * @throws RuntimeException of the network, or a fault of ours; the image fails
     * @throws InterruptedException if the task is killed
     */
    void finish() throws InterruptedException;

    @Override
    void close();
  }
}
