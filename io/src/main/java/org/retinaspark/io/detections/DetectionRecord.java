package org.retinaspark.io.detections;

import java.nio.ByteBuffer;

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

  /**
   * A row of the table in bytes, with single precision as the table has it.
   *
   * @param corners {@code [4, n]}: all x1, all y1, all x2, all y2
   * @param points {@code [2, n * 5]}: all x, all y; or empty
   */
  static byte[] toBytes(DetectionStatus status, float[] scores, float[] corners, float[] points) {
    int numbers = scores.length + corners.length + points.length;
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + numbers * Float.BYTES);
    header(buffer, SINGLE, status, scores.length, points.length > 0 ? 1 : 0);
    buffer.asFloatBuffer().put(scores).put(corners).put(points);
    return buffer.array();
  }

  private static void header(
      ByteBuffer buffer, byte precision, DetectionStatus status, int count, int landmarks) {
    buffer.put(precision).put((byte) status.code()).putInt(count).put((byte) landmarks);
  }

  /** Reads what either {@code toBytes} wrote. */
  public static DetectionRecord fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte precision = buffer.get();
    DetectionStatus status = DetectionStatus.of(buffer.get());
    int count = buffer.getInt();
    int points = buffer.get() == 0 ? 0 : 5 * count;
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
      double x1 = numbers[count + i];
      double y1 = numbers[2 * count + i];
      boxes[i * BOX] = x1;
      boxes[i * BOX + 1] = y1;
      boxes[i * BOX + 2] = numbers[3 * count + i] - x1;
      boxes[i * BOX + 3] = numbers[4 * count + i] - y1;
    }
    for (int i = 0; i < points; i++) {
      landmarks[2 * i] = numbers[5 * count + i];
      landmarks[2 * i + 1] = numbers[5 * count + points + i];
    }
    return new DetectionRecord(status, boxes, scores, landmarks);
  }
}
