package org.retinaspark.udf.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.Stage;
import org.retinaspark.udf.pipeline.StageTimes;

/** The rows of a partition in the order of its images, each made when it is asked for. */
final class FaceRows implements Iterator<Row> {

  private final ImagePipeline images;
  private final @Nullable String split;
  private final StageTimes times;
  private long handedOver;

  FaceRows(ImagePipeline images, @Nullable String split, StageTimes times) {
    this.images = images;
    this.split = split;
    this.times = times;
  }

  @Override
  public boolean hasNext() {
    return images.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (handedOver > 0) {
      times.since(Stage.WRITE, handedOver);
    }
    try {
      ImageResult result = images.next();
      long start = System.nanoTime();
      DetectionMetrics.count(result);
      Row row = FaceTable.row(result, split);
      handedOver = times.since(Stage.POST, start);
      return row;
    } catch (InterruptedException killed) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the task was killed");
    }
  }
}
