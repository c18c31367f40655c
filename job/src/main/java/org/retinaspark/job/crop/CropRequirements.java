package org.retinaspark.job.crop;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.job.UsageException;
import scala.Tuple2;

/** What a table must have to be cropped as asked, told before an image is read. */
final class CropRequirements {

  private CropRequirements() {}

  /**
   * Checks what was counted.
   *
   * @throws UsageException naming what is missing
   */
  static void check(CropCensus census, CropConfig config) {
    boolean noPose =
        config.filter().needsPose()
            && census.left(FaceFilter.Reason.UNKNOWN_POSE) > 0
            && census.wanted() == 0
            && census.left(FaceFilter.Reason.POSE) == 0;
    if (noPose) {
      throw new UsageException(
          ("no face of '%s' has a pose, by which --max-yaw, --max-pitch and --max-roll choose:"
                  + " nothing was done. Make the table with 'detect --details pose', or leave them"
                  + " away")
              .formatted(config.detections()));
    }
    if (census.wanted() > 0 && census.pointless() == census.wanted()) {
      throw new UsageException(
          ("no face of '%s' has the five landmarks by which crops are aligned: nothing was done."
                  + " Make the table with a model that predicts them")
              .formatted(config.detections()));
    }
    if (census.unmoved() != null) {
      throw new UsageException(
          ("'%s' is in none of the inputs of the run that made the table, so that nobody knows where"
                  + " below --input it lies: nothing was done. Leave --input away if the images are"
                  + " where the table says")
              .formatted(census.unmoved()));
    }
  }

  /**
   * Checks that no two images would write one file.
   *
   * @throws UsageException naming a key that there is twice
   */
  static void checkKeys(JavaRDD<ImageRecord> images) {
    List<String> twice =
        images
            .mapToPair(image -> new Tuple2<>(image.image(), 1))
            .reduceByKey(Integer::sum)
            .filter(counted -> counted._2() > 1)
            .map(Tuple2::_1)
            .take(1);
    if (!twice.isEmpty()) {
      throw new UsageException(
          ("the table has image '%s' several times, whose crops would have one name: nothing was"
                  + " done. Choose --format parquet or tar")
              .formatted(twice.get(0)));
    }
  }
}
