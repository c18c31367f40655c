package org.retinaspark.udf.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.train.sampling.AnchorSample;

/**
 * What became of one image.
 *
 * @param input the image
 * @param frame what its coordinates are in; absent if it could not be decoded
 * @param warnings what a reader of the row should know
 * @param failure why there are no faces; absent if all went well
 * @param faces the faces, best first; empty after a failure
 * @param details what else is known of the faces
 * @param samples what heads can be fitted to; absent after a failure, and where nobody asks for any
 */
public record ImageResult(
    ImageInput input,
    @Nullable Frame frame,
    List<String> warnings,
    @Nullable Failure failure,
    List<Face> faces,
    FaceDetails details,
    @Nullable List<AnchorSample> samples) {

  /** The same image, failed after all. */
  public ImageResult failed(Failure reason) {
    return new ImageResult(input, frame, warnings, reason, List.of(), FaceDetails.NONE, null);
  }

  /**
   * The frame of an image's coordinates.
   *
   * @param width in pixels
   * @param height in pixels
   * @param orientation the EXIF orientation that the file states, 1 to 8
   */
  public record Frame(int width, int height, int orientation) {}
}
