package org.retinaspark.udf.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;

/** The rows of a partition, made a batch at a time as they are asked for. */
final class FaceRows implements Iterator<Row> {

  private final Iterator<ImageInput> images;
  private final FaceWorker worker;
  private final DetectSettings settings;
  private final DetectCounters counters;
  private final Queue<Row> ready = new ArrayDeque<>();

  FaceRows(
      Iterator<ImageInput> images,
      FaceWorker worker,
      DetectSettings settings,
      DetectCounters counters) {
    this.images = images;
    this.worker = worker;
    this.settings = settings;
    this.counters = counters;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || images.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (ready.isEmpty()) {
      List<ImageInput> batch = new ArrayList<>(settings.batchSize());
      while (batch.size() < settings.batchSize() && images.hasNext()) {
        batch.add(images.next());
      }
      for (ImageResult result : worker.process(batch)) {
        counters.count(result);
        ready.add(FaceTable.row(result, settings.split()));
      }
    }
    return ready.remove();
  }
}
