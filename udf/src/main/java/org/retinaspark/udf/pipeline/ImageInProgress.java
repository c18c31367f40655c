package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.image.PixelLease;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.train.sampling.AnchorSample;

/**
 * One image between its bytes and its row: what is known of it so far. It passes from the thread
 * that decodes to the task's own, and is used by one at a time. Closing it gives back its pixels.
 */
public final class ImageInProgress implements AutoCloseable {

  private final ImageInput input;
  private final ImageResult.@Nullable Frame frame;
  private final List<String> warnings;
  private @Nullable Pixels pixels;
  private @Nullable PixelLease lease;
  private @Nullable Failure failure;
  private List<Face> faces = List.of();
  private FaceDetails details = FaceDetails.NONE;
  private @Nullable List<AnchorSample> samples;

  private ImageInProgress(
      ImageInput input, ImageResult.@Nullable Frame frame, List<String> warnings) {
    this.input = input;
    this.frame = frame;
    this.warnings = new ArrayList<>(warnings);
  }

  /** An image that has been decoded. */
  static ImageInProgress decoded(
      ImageInput input, ImageResult.Frame frame, List<String> warnings, Pixels pixels) {
    ImageInProgress image = new ImageInProgress(input, frame, warnings);
    image.pixels = pixels;
    return image;
  }

  /** An image of which there are no pixels. */
  static ImageInProgress failed(ImageInput input, Failure reason) {
    ImageInProgress image = new ImageInProgress(input, null, List.of());
    image.failure = reason;
    return image;
  }

  /** Which image it is. */
  public ImageInput input() {
    return input;
  }

  /**
   * What coordinates are in.
   *
   * @throws IllegalStateException if the image was not decoded
   */
  public ImageResult.Frame frame() {
    if (frame == null) {
      throw new IllegalStateException("'" + input.image() + "' was not decoded");
    }
    return frame;
  }

  /**
   * The pixels; fewer than the frame has where no station needs all of them.
   *
   * @throws IllegalStateException if they have been given back
   */
  public Pixels pixels() {
    if (pixels == null) {
      throw new IllegalStateException("the pixels of '" + input.image() + "' are given back");
    }
    return pixels;
  }

  /** The faces found so far, best first. */
  public List<Face> faces() {
    return faces;
  }

  /** What is known of the faces beside score, box and landmarks. */
  public FaceDetails details() {
    return details;
  }

  /** Notes the faces that were found. */
  public void found(List<Face> found) {
    faces = List.copyOf(found);
  }

  /** Notes what is known of the faces beside score, box and landmarks. */
  public void describe(FaceDetails found) {
    details = found;
  }

  /** Notes what heads can be fitted to. */
  void learn(List<AnchorSample> taken) {
    samples = List.copyOf(taken);
  }

  /**
   * Notes what a reader of the row should know although the image could be looked at; once, however
   * often it is told.
   *
   * @param warning one stable lower-case word for programs
   */
  public void warn(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** Holds the pixels in memory of its own from here on. */
  void keep(PixelLease kept) {
    lease = kept;
    pixels = kept.pixels();
  }

  /** Notes that the image can't be looked at. */
  void fail(Failure reason) {
    failure = reason;
    close();
  }

  @Nullable Failure failure() {
    return failure;
  }

  /** What became of it: after a failure, no faces, those of earlier stations included. */
  ImageResult result() {
    List<String> told = List.copyOf(warnings);
    return failure == null
        ? new ImageResult(input, frame, told, null, faces, details, samples)
        : new ImageResult(input, frame, told, failure, List.of(), FaceDetails.NONE, null);
  }

  /** Gives back the pixels. */
  @Override
  public void close() {
    pixels = null;
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }
}
