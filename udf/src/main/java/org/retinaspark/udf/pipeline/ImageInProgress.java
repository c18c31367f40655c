package org.retinaspark.udf.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.runtime.Pending;

/**
 * One image between its file and its row: it has failed, or waits for the network.
 *
 * @param input the image
 * @param frame what its coordinates are in; absent if it could not be decoded
 * @param warnings what a reader of the row should know
 * @param failure why it has nothing to wait for
 * @param candidates what the network will have found in each of its inputs
 */
record ImageInProgress(
    ImageInput input,
    ImageResult.@Nullable Frame frame,
    List<String> warnings,
    @Nullable Failure failure,
    List<Pending<Candidates>> candidates)
    implements AutoCloseable {

  static ImageInProgress failed(ImageInput input, Failure reason) {
    return new ImageInProgress(input, null, List.of(), reason, List.of());
  }

  ImageResult result(@Nullable Failure reason, List<org.retinaspark.udf.detect.Face> faces) {
    return new ImageResult(input, frame, warnings, reason, faces);
  }

  /** Gives up what the network has not done yet. */
  @Override
  public void close() {
    candidates.forEach(Pending::close);
  }
}
