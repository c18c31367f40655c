package org.retinaspark.udf.pipeline;

/** Makes network input of files and hands it in. Used by one thread, which closes it. */
interface Preparation extends AutoCloseable {

  /**
   * Decodes an image and hands it in; what can't be decoded becomes a failure, no error.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for room
   */
  ImageInProgress prepare(ImageInput input, Content content) throws InterruptedException;

  @Override
  void close();
}
