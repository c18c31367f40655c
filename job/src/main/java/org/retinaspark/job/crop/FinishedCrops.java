package org.retinaspark.job.crop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.retinaspark.io.crops.StoredCrop;
import org.retinaspark.io.facetable.ImageError;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.udf.pipeline.Failure;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.pipeline.ImageResult;

/** The crops of a task in the order of its images, each made when it is asked for. */
final class FinishedCrops implements Iterator<StoredCrop> {

  /** The pipeline's name for what fails at a station. */
  private static final String STATION = "infer";

  private final ImagePipeline images;
  private final CropStation station;
  private final WantedImages wanted;
  private final FaceCropper cropper;
  private final Deque<StoredCrop> ready = new ArrayDeque<>();

  FinishedCrops(
      ImagePipeline images, CropStation station, WantedImages wanted, FaceCropper cropper) {
    this.images = images;
    this.station = station;
    this.wanted = wanted;
    this.cropper = cropper;
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty() && images.hasNext()) {
        add(images.next());
      }
      return !ready.isEmpty();
    } catch (InterruptedException killed) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the task was killed");
    }
  }

  private void add(ImageResult result) {
    ready.addAll(station.take(result.input()));
    Failure failure = result.failure();
    for (ImageRecord image : wanted.remove(result.input())) {
      if (failure != null) {
        String stage = failure.stage().equals(STATION) ? FaceCropper.CROP : failure.stage();
        ready.addAll(
            cropper.failed(image, new ImageError(stage, failure.code(), failure.message())));
      }
    }
  }

  @Override
  public StoredCrop next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
