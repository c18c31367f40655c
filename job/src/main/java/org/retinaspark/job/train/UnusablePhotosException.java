package org.retinaspark.job.train;

/** Photos that nothing may or can be learnt from; the message says why, and what to do. */
final class UnusablePhotosException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusablePhotosException(String message) {
    super(message);
  }
}
