package org.retinaspark.job.measures.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.detections.DetectionRecord;
import org.retinaspark.io.detections.DetectionStatus;
import org.retinaspark.job.measures.DetectionFault;
import org.retinaspark.job.measures.Detections;
import org.retinaspark.job.measures.PairedImage;
import org.retinaspark.job.measures.Truth;
import scala.Tuple2;

/**
 * Brings faces and detections of the same image together: one shuffle by key, sorted within its
 * partitions, read as a stream. Of several rows for an image the smallest in byte order is kept, so
 * that the result doesn't depend on the order of files.
 */
final class Pairing implements Iterator<PairedImage> {

  private static final int TRUTH = 0;
  private static final int DETECTIONS = 1;

  private final Iterator<InternalRow> rows;
  private @Nullable Side next;

  /** What one row brings; Spark uses the row's memory again for the next one. */
  private record Side(String image, int side, byte[] bytes) {

    static Side of(InternalRow row) {
      return new Side(row.getUTF8String(0).toString(), row.getInt(1), row.getBinary(2));
    }
  }

  private Pairing(Iterator<InternalRow> rows) {
    this.rows = rows;
    advance();
  }

  /**
   * All images of either. The shuffle's files serve every pass that is made over them.
   *
   * @param truths image keys with {@link TruthCodec}'s bytes
   * @param detections image keys with {@link DetectionRecord}'s bytes
   */
  static JavaRDD<PairedImage> pair(
      Dataset<Tuple2<String, byte[]>> truths, Dataset<Tuple2<String, byte[]>> detections) {
    return side(truths, TRUTH)
        .union(side(detections, DETECTIONS))
        .repartition(col("image"))
        .sortWithinPartitions(col("image"), col("side"))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(Pairing::new);
  }

  private static Dataset<Row> side(Dataset<Tuple2<String, byte[]>> records, int side) {
    return records.select(col("_1").as("image"), lit(side).as("side"), col("_2").as("bytes"));
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public PairedImage next() {
    Side row = next;
    if (row == null) {
      throw new NoSuchElementException("the partition has no more images");
    }
    String image = row.image();
    byte[] truth = new byte[0];
    byte[] detections = new byte[0];
    int count = 0;
    for (; row != null && row.image().equals(image); row = advance()) {
      if (row.side() == TRUTH) {
        truth = row.bytes();
      } else {
        boolean first = count++ == 0;
        detections =
            first || Arrays.compare(row.bytes(), detections) < 0 ? row.bytes() : detections;
      }
    }
    return image(image, truth, detections, count);
  }

  private @Nullable Side advance() {
    next = rows.hasNext() ? Side.of(rows.next()) : null;
    return next;
  }

  private static PairedImage image(String image, byte[] truth, byte[] bytes, int rows) {
    if (truth.length == 0) {
      return new PairedImage(
          image, Truth.NONE, Detections.NONE, EnumSet.of(DetectionFault.UNKNOWN_IMAGE));
    }
    Truth faces = TruthCodec.decode(truth);
    if (rows == 0) {
      return new PairedImage(
          image, faces, Detections.NONE, EnumSet.of(DetectionFault.MISSING_IMAGE));
    }
    DetectionRecord record = DetectionRecord.fromBytes(bytes);
    Set<DetectionFault> faults = faults(record.status());
    if (rows > 1) {
      faults.add(DetectionFault.DUPLICATE_IMAGE);
    }
    return new PairedImage(
        image, faces, new Detections(record.boxes(), record.scores(), record.landmarks()), faults);
  }

  private static Set<DetectionFault> faults(DetectionStatus status) {
    return switch (status) {
      case FAILED -> EnumSet.of(DetectionFault.FAILED_IMAGE);
      case CUT -> EnumSet.of(DetectionFault.CUT_FILE);
      case MALFORMED -> EnumSet.of(DetectionFault.MALFORMED_FILE);
      case EXCEEDING -> EnumSet.of(DetectionFault.EXCEEDING_FILE);
      case HEADERLESS -> EnumSet.of(DetectionFault.HEADERLESS_FILE);
      case WIDE -> EnumSet.of(DetectionFault.WIDE_FILE);
      // The numbers that an incomplete row lacks are counted one by one.
      case OK -> EnumSet.noneOf(DetectionFault.class);
    };
  }
}
