package org.retinaspark.udf.pipeline;

import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedImage;
import org.retinaspark.udf.image.decode.ImageDecoder;

/** The way of a real image on the thread that decodes: decoder, first station. Owns the decoder. */
final class DecodingPreparation implements Preparation {

  private final ImageDecoder decoder;
  private final StationLine line;
  private final StageTimes times;

  DecodingPreparation(ImageDecoder decoder, StationLine line, StageTimes times) {
    this.decoder = decoder;
    this.line = line;
    this.times = times;
  }

  @Override
  public Prepared prepare(ImageInput input, Content content) throws InterruptedException {
    if (content.failure() != null) {
      return Prepared.failed(input, content.failure());
    }
    DecodedImage decoded;
    try {
      long start = System.nanoTime();
      decoded = decoder.decode(content.bytes(), this::usefulShare);
      times.since(Stage.DECODE, start);
    } catch (DecodeException failure) {
      return Prepared.failed(input, Failure.of(Failure.DECODE, failure.code(), failure));
    } catch (OutOfMemoryError failure) {
      return Prepared.failed(input, Failure.of(Failure.DECODE, "out_of_memory", failure));
    } catch (PlacingException fault) {
      return Prepared.failed(input, Failure.internal(input.image(), fault.getCause()));
    } catch (RuntimeException failure) {
      // A decoder that stumbles over hostile bytes: one image's failure, not the job's.
      return Prepared.failed(input, Failure.of(Failure.DECODE, "unexpected", failure));
    }
    ImageResult.Frame frame =
        new ImageResult.Frame(decoded.width(), decoded.height(), decoded.orientation());
    return line.enter(ImageInProgress.decoded(input, frame, decoded.warnings(), decoded.pixels()));
  }

  private double usefulShare(int width, int height) {
    try {
      return line.usefulShare(width, height);
    } catch (RuntimeException fault) {
      throw new PlacingException(fault);
    }
  }

  /** What our own code threw in the midst of a decoder's. */
  private static final class PlacingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlacingException(RuntimeException fault) {
      super(fault);
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
