package org.retinaspark.udf.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.onnx.SessionRequest;

/**
 * All that decides what a task makes of an image.
 *
 * @param session which model, and where it runs
 * @param protocol how an image becomes network input
 * @param thresholds what becomes of the network's candidates
 * @param decoding how a file becomes pixels
 * @param batchSize images that a task gives to the network together, where their sizes agree
 * @param maximumBytes a larger file is not read
 * @param split the table's column {@code split}, if the dataset has one
 */
public record DetectSettings(
    SessionRequest session,
    Protocol protocol,
    Thresholds thresholds,
    DecodeSettings decoding,
    int batchSize,
    long maximumBytes,
    @Nullable String split)
    implements Serializable {

  /**
   * Checks what the settings mean together.
   *
   * @throws IllegalArgumentException naming the option, its value and the remedy
   */
  public DetectSettings {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "--batch-size is " + batchSize + ", but must be at least 1");
    }
    int limit = session.model().size().batchLimit();
    if (batchSize > limit) {
      throw new IllegalArgumentException(
          ("--batch-size is %d, but the model takes batches of %d only: make it dynamic with"
                  + " 'model import FILE -o OUT'")
              .formatted(batchSize, limit));
    }
    if (maximumBytes < 1) {
      throw new IllegalArgumentException(
          "--max-bytes is " + maximumBytes + ", but must be at least 1");
    }
    protocol.requireServedBy(session.model().size());
  }
}
