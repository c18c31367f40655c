package org.retinaspark.udf.pipeline;

/** What is done to images on the thread that decodes. Used by that thread, which closes it. */
interface Preparation extends AutoCloseable {

  /**
   * Decodes an image and hands it to the first station; what can't be decoded becomes a failure, no
   * error.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for room
   */
  Prepared prepare(ImageInput input, Content content) throws InterruptedException;

  @Override
  void close();
}
