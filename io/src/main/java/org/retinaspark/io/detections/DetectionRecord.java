package org.retinaspark.io.detections;

import java.nio.ByteBuffer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFaces;
import scala.Tuple2;

/**
 * One image's detections on their way between tasks.
 *
 * @param status what became of the image
 * @param boxes {@code [n, 4]}: x, y, width, height in pixels of the stored image
 * @param scores {@code [n]}
 * @param landmarks {@code [n, 10]}: x and y of the five points; or empty
 */
public record DetectionRecord(
    DetectionStatus status, double[] boxes, double[] scores, double[] landmarks) {

  private static final int BOX = 4;

  /** Landmarks that evaluation knows. */
  private static final int POINTS = 5;

  private static final int HEADER = 1 + 1 + Integer.BYTES + 1;
  private static final byte SINGLE = 0;
  private static final byte DOUBLE = 1;

  /** How many detections there are. */
  public int count() {
    return scores.length;
  }

  /** The record in bytes, with double precision. */
  public byte[] toBytes() {
    int numbers = scores.length + boxes.length + landmarks.length;
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + numbers * Double.BYTES);
    header(buffer, DOUBLE, status, scores.length, landmarks.length > 0 ? 1 : 0);
    buffer.asDoubleBuffer().put(scores).put(boxes).put(landmarks);
    return buffer.array();
  }

  /** Images of a table as their keys and records in bytes, with single precision as tables have. */
  public static Dataset<Tuple2<String, byte[]>> dataset(
      SparkSession spark, JavaRDD<ImageFaces> images) {
    return spark.createDataset(
        images.map(image -> new Tuple2<>(image.image(), toBytes(image))).rdd(),
        Encoders.tuple(Encoders.STRING(), Encoders.BINARY()));
  }

  private static byte[] toBytes(ImageFaces image) {
    FaceArrays faces = image.faces();
    float[] landmarks = faces.points() == POINTS ? faces.landmarks() : new float[0];
    int numbers = faces.count() + faces.boxes().length + landmarks.length;
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + numbers * Float.BYTES);
    DetectionStatus status = image.failed() ? DetectionStatus.FAILED : DetectionStatus.OK;
    header(buffer, SINGLE, status, faces.count(), landmarks.length > 0 ? 1 : 0);
    buffer.asFloatBuffer().put(faces.scores()).put(faces.boxes()).put(landmarks);
    return buffer.array();
  }

  private static void header(
      ByteBuffer buffer, byte precision, DetectionStatus status, int count, int landmarks) {
    buffer.put(precision).put((byte) status.code()).putInt(count).put((byte) landmarks);
  }

  /** Reads the bytes of either precision. */
  public static DetectionRecord fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte precision = buffer.get();
    DetectionStatus status = DetectionStatus.of(buffer.get());
    int count = buffer.getInt();
    int points = buffer.get() == 0 ? 0 : POINTS * count;
    double[] scores = new double[count];
    double[] boxes = new double[count * BOX];
    double[] landmarks = new double[points * 2];
    if (precision == DOUBLE) {
      buffer.asDoubleBuffer().get(scores).get(boxes).get(landmarks);
      return new DetectionRecord(status, boxes, scores, landmarks);
    }
    float[] numbers = new float[count + boxes.length + landmarks.length];
    buffer.asFloatBuffer().get(numbers);
    for (int i = 0; i < count; i++) {
      scores[i] = numbers[i];
      int box = i * BOX;
      double x1 = numbers[count + box];
      double y1 = numbers[count + box + 1];
      boxes[box] = x1;
      boxes[box + 1] = y1;
      boxes[box + 2] = numbers[count + box + 2] - x1;
      boxes[box + 3] = numbers[count + box + 3] - y1;
    }
    for (int i = 0; i < landmarks.length; i++) {
      landmarks[i] = numbers[count + boxes.length + i];
    }
    return new DetectionRecord(status, boxes, scores, landmarks);
  }
}
