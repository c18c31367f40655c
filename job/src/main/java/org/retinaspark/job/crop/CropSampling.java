package org.retinaspark.job.crop;

import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.input.ShrunkPart;
import org.retinaspark.udf.input.Warp;

/** What a pixel of a crop is made of. */
enum CropSampling {
  /**
   * Of the four pixels around one place of the image, as OpenCV does it, however large the face.
   */
  BILINEAR {
    @Override
    Pixels crop(Pixels image, Similarity alignment, int size) {
      return new Warp(alignment, size, image.width(), image.height()).apply(image);
    }
  },
  /** The same, of means of squares where a face is at least twice as large as its crop. */
  AREA {
    @Override
    Pixels crop(Pixels image, Similarity alignment, int size) {
      ShrunkPart part = ShrunkPart.of(image, alignment, size);
      return BILINEAR.crop(part.pixels(), part.toCrop(), size);
    }
  };

  /**
   * A crop.
   *
   * @param image all of it
   * @param alignment from the image to the crop
   * @param size pixels of the crop's side
   */
  abstract Pixels crop(Pixels image, Similarity alignment, int size);
}
