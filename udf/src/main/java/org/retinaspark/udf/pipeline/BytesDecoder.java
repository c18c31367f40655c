package org.retinaspark.udf.pipeline;

import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.DecodedImage;
import org.retinaspark.udf.image.UsefulShare;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;

/** Decodes files of images, to the resolution that the stations need. Owns the decoder. */
final class BytesDecoder implements DecodeAhead.Decoder {

  private final ImageDecoder decoder;
  private final UsefulShare share;
  private final StageTimes times;

  BytesDecoder(DecodeSettings settings, StationLine line, StageTimes times) {
    this.decoder = ImageDecoder.open(settings);
    this.share = (width, height) -> share(line, width, height);
    this.times = times;
  }

  @Override
  public ImageInProgress decode(ReadImage image) {
    ImageInput input = image.input();
    if (image.failure() != null) {
      return ImageInProgress.failed(input, image.failure());
    }
    try {
      long start = System.nanoTime();
      DecodedImage decoded = decoder.decode(image.bytes(), share);
      times.since(Stage.DECODE, start);
      ImageResult.Frame frame =
          new ImageResult.Frame(decoded.width(), decoded.height(), decoded.orientation());
      return ImageInProgress.decoded(input, frame, decoded.warnings(), decoded.pixels());
    } catch (DecodeException failure) {
      return ImageInProgress.failed(input, Failure.of(Failure.DECODE, failure.code(), failure));
    } catch (OutOfMemoryError failure) {
      return ImageInProgress.failed(input, Failure.of(Failure.DECODE, "out_of_memory", failure));
    } catch (PlacingException fault) {
      return ImageInProgress.failed(input, Failure.atStation(input.image(), fault.fault()));
    } catch (RuntimeException failure) {
      // A decoder that stumbles over hostile bytes: one image's failure, not the job's.
      return ImageInProgress.failed(input, Failure.of(Failure.DECODE, "unexpected", failure));
    }
  }

  private static double share(StationLine line, int width, int height) {
    try {
      return line.usefulShare(width, height);
    } catch (RuntimeException fault) {
      throw new PlacingException(fault);
    }
  }

  /** What our own code threw in the midst of a decoder's. */
  private static final class PlacingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RuntimeException fault;

    PlacingException(RuntimeException fault) {
      super(fault);
      this.fault = fault;
    }

    RuntimeException fault() {
      return fault;
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
