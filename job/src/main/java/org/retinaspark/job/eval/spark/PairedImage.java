package org.retinaspark.job.eval.spark;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.retinaspark.io.detections.DetectionRecord;
import org.retinaspark.io.detections.DetectionStatus;
import org.retinaspark.job.eval.Census;
import org.retinaspark.job.eval.Detections;
import org.retinaspark.job.eval.Problem;
import org.retinaspark.job.eval.Truth;
import scala.Tuple4;

/**
 * An image with its faces and its detections, as they meet in a task.
 *
 * @param image the key
 * @param truth {@link TruthCodec}'s bytes; empty if the ground truth lacks the image
 * @param detections {@link DetectionRecord}'s bytes; empty if there is no row or file
 * @param rows how many rows or files there are
 */
record PairedImage(String image, byte[] truth, byte[] detections, int rows) {

  static Encoder<Tuple4<String, byte[], byte[], Integer>> encoder() {
    return Encoders.tuple(Encoders.STRING(), Encoders.BINARY(), Encoders.BINARY(), Encoders.INT());
  }

  static PairedImage of(Tuple4<String, byte[], byte[], Integer> tuple) {
    return new PairedImage(tuple._1(), tuple._2(), tuple._3(), tuple._4());
  }

  Tuple4<String, byte[], byte[], Integer> tuple() {
    return new Tuple4<>(image, truth, detections, rows);
  }

  boolean known() {
    return truth.length > 0;
  }

  Truth faces() {
    return TruthCodec.decode(truth);
  }

  private DetectionRecord read() {
    return detections.length == 0
        ? new DetectionRecord(DetectionStatus.OK, new double[0], new double[0], new double[0])
        : DetectionRecord.fromBytes(detections);
  }

  /** The detections whose numbers are all finite. */
  Detections sound() {
    DetectionRecord record = read();
    int sound = 0;
    for (int i = 0; i < record.count(); i++) {
      sound += finite(record, i) ? 1 : 0;
    }
    if (sound == record.count()) {
      return new Detections(record.boxes(), record.scores(), record.landmarks());
    }
    double[] boxes = new double[sound * Detections.BOX];
    double[] scores = new double[sound];
    int points = record.landmarks().length == 0 ? 0 : Detections.LANDMARKS;
    double[] landmarks = new double[sound * points];
    int at = 0;
    for (int i = 0; i < record.count(); i++) {
      if (finite(record, i)) {
        System.arraycopy(
            record.boxes(), i * Detections.BOX, boxes, at * Detections.BOX, Detections.BOX);
        System.arraycopy(record.landmarks(), i * points, landmarks, at * points, points);
        scores[at++] = record.scores()[i];
      }
    }
    return new Detections(boxes, scores, landmarks);
  }

  /** Tells the census what is wrong with this image. */
  void inspect(Census census) {
    DetectionRecord record = read();
    if (!known()) {
      census.report(Problem.UNKNOWN_IMAGE, image, 1);
      return;
    }
    census.report(Problem.MISSING_IMAGE, image, rows == 0 ? 1 : 0);
    census.report(Problem.DUPLICATE_IMAGE, image, rows > 1 ? 1 : 0);
    census.report(Problem.FAILED_IMAGE, image, record.status() == DetectionStatus.FAILED ? 1 : 0);
    census.report(Problem.CUT_FILE, image, record.status() == DetectionStatus.CUT ? 1 : 0);
    census.report(
        Problem.MALFORMED_FILE, image, record.status() == DetectionStatus.MALFORMED ? 1 : 0);
    int broken = 0;
    int negative = 0;
    for (int i = 0; i < record.count(); i++) {
      int box = i * Detections.BOX;
      broken += finite(record, i) ? 0 : 1;
      negative += record.boxes()[box + 2] < 0 || record.boxes()[box + 3] < 0 ? 1 : 0;
    }
    census.report(Problem.NOT_FINITE, image, broken);
    census.report(Problem.NEGATIVE_SIZE, image, negative);
  }

  private static boolean finite(DetectionRecord record, int detection) {
    boolean finite = Double.isFinite(record.scores()[detection]);
    for (int i = 0; i < Detections.BOX; i++) {
      finite &= Double.isFinite(record.boxes()[detection * Detections.BOX + i]);
    }
    return finite;
  }
}
