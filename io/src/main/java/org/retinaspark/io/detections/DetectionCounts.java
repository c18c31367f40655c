package org.retinaspark.io.detections;

import java.io.Serializable;

/**
 * How much a set of detections is.
 *
 * @param images rows
 * @param failed rows of images that couldn't be processed
 * @param detections faces
 * @param broken detections with a number that is NaN, infinite or null
 */
public record DetectionCounts(long images, long failed, long detections, long broken)
    implements Serializable {

  static final DetectionCounts NONE = new DetectionCounts(0, 0, 0, 0);

  DetectionCounts with(DetectionRecord record) {
    long unsound = 0;
    for (int i = 0; i < record.count(); i++) {
      boolean finite = Double.isFinite(record.scores()[i]);
      for (int side = 0; side < 4; side++) {
        finite &= Double.isFinite(record.boxes()[4 * i + side]);
      }
      unsound += finite ? 0 : 1;
    }
    return new DetectionCounts(
        images + 1,
        failed + (record.status() == DetectionStatus.FAILED ? 1 : 0),
        detections + record.count(),
        broken + unsound);
  }

  DetectionCounts plus(DetectionCounts other) {
    return new DetectionCounts(
        images + other.images,
        failed + other.failed,
        detections + other.detections,
        broken + other.broken);
  }
}
