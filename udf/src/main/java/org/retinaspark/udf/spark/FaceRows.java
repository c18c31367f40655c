package org.retinaspark.udf.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.RecordWriter;
import org.retinaspark.udf.pipeline.Failure;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.InFlight;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;

/**
 * The rows of a partition in the order of its images, each made when it is asked for and good until
 * the next is.
 */
final class FaceRows implements Iterator<InternalRow> {

  private final ImagePipeline images;
  private final InFlight inFlight;
  private final RecordWriter writer;
  private final @Nullable String split;
  private final StageTimes times;
  private final Timeline timeline;
  private String image = "";
  private Iterator<InternalRow> ofImage = Collections.emptyIterator();
  private long handedOver;

  FaceRows(
      ImagePipeline images,
      InFlight inFlight,
      RecordWriter writer,
      @Nullable String split,
      StageTimes times,
      Timeline timeline) {
    this.images = images;
    this.inFlight = inFlight;
    this.writer = writer;
    this.split = split;
    this.times = times;
    this.timeline = timeline;
  }

  @Override
  public boolean hasNext() {
    boolean taken = handedOver > 0;
    if (taken) {
      times.since(Stage.WRITE, handedOver);
      handedOver = 0;
    }
    if (ofImage.hasNext()) {
      return true;
    }
    if (taken) {
      inFlight.end();
      timeline.done(image, System.currentTimeMillis());
    }
    try {
      return images.hasNext();
    } catch (InterruptedException killed) {
      throw cancelled();
    }
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      ImageResult result = ofImage.hasNext() ? null : images.next();
      long start = System.nanoTime();
      InternalRow row = result == null ? ofImage.next() : first(result);
      handedOver = times.since(Stage.POST, start);
      return row;
    } catch (InterruptedException killed) {
      throw cancelled();
    }
  }

  private InternalRow first(ImageResult result) {
    image = result.input().image();
    try {
      ofImage = writer.rows(ImageRecords.of(result, split));
      InternalRow row = ofImage.next();
      DetectionMetrics.count(result);
      return row;
    } catch (RuntimeException fault) {
      ImageResult failed = result.failed(Failure.internal(result.input().image(), fault));
      DetectionMetrics.count(failed);
      ofImage = writer.rows(ImageRecords.of(failed, split));
      return ofImage.next();
    }
  }

  private static CancellationException cancelled() {
    Thread.currentThread().interrupt();
    return new CancellationException("the task was killed");
  }
}
