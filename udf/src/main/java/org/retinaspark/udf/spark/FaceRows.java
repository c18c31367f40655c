package org.retinaspark.udf.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.RecordWriter;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.Stage;
import org.retinaspark.udf.pipeline.StageTimes;

/**
 * The rows of a partition in the order of its images, each made when it is asked for and good until
 * the next is.
 */
final class FaceRows implements Iterator<InternalRow> {

  private final ImagePipeline images;
  private final RecordWriter writer;
  private final @Nullable String split;
  private final StageTimes times;
  private Iterator<InternalRow> ofImage = Collections.emptyIterator();
  private long handedOver;

  FaceRows(ImagePipeline images, RecordWriter writer, @Nullable String split, StageTimes times) {
    this.images = images;
    this.writer = writer;
    this.split = split;
    this.times = times;
  }

  @Override
  public boolean hasNext() {
    return ofImage.hasNext() || images.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (handedOver > 0) {
      times.since(Stage.WRITE, handedOver);
    }
    ImageResult result = ofImage.hasNext() ? null : finish();
    long start = System.nanoTime();
    if (result != null) {
      DetectionMetrics.count(result);
      ofImage = writer.rows(ImageRecords.of(result, split));
    }
    InternalRow row = ofImage.next();
    handedOver = times.since(Stage.POST, start);
    return row;
  }

  private ImageResult finish() {
    try {
      return images.next();
    } catch (InterruptedException killed) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the task was killed");
    }
  }
}
