package org.retinaspark.udf.spark;

import java.util.function.UnaryOperator;
import org.retinaspark.udf.pipeline.FailedImageException;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.train.sampling.TrainingLabels;

/**
 * Images that are learnt from: those that no label names are not read, and those that are held out
 * for an evaluation fail where they are read.
 *
 * @param labels which are labelled, and which held out
 */
record LearntImages(TrainingLabels labels) implements UnaryOperator<ImageInput> {

  @Override
  public ImageInput apply(ImageInput image) {
    return new ImageInput(
        image.image(),
        image.container(),
        image.uri(),
        image.length(),
        image.etag(),
        image.modified(),
        image.carried(),
        () -> {
          if (!labels.know(image.image())) {
            throw new FailedImageException(
                "unlabelled", "no label names this image: it was not read, and teaches nothing");
          }
          byte[] file = image.content().read();
          if (labels.holdOut(file)) {
            throw new FailedImageException(
                "held_out",
                "this file is one of an evaluation by its SHA-256: nothing may be learnt of it."
                    + " Take it out of the input or of the labels");
          }
          return file;
        });
  }
}
