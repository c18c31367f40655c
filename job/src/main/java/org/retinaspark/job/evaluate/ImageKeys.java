package org.retinaspark.job.evaluate;

import org.apache.spark.api.java.function.MapFunction;
import org.retinaspark.io.wider.GroundTruth;
import org.retinaspark.io.wider.ImageKey;
import scala.Tuple2;

/**
 * Makes the keys of detections and lists those of the ground truth: where all of these are an event
 * and a file, folders above don't count.
 */
final class ImageKeys implements MapFunction<Tuple2<String, byte[]>, Tuple2<String, byte[]>> {

  private static final long serialVersionUID = 1L;

  private final boolean belowEvent;

  ImageKeys(GroundTruth truth) {
    belowEvent =
        truth.images().stream()
            .allMatch(image -> image.image().chars().filter(c -> c == '/').count() == 1);
  }

  String matching(String written) {
    String key = ImageKey.of(written);
    return belowEvent ? ImageKey.belowEvent(key) : key;
  }

  @Override
  public Tuple2<String, byte[]> call(Tuple2<String, byte[]> record) {
    return new Tuple2<>(matching(record._1()), record._2());
  }
}
