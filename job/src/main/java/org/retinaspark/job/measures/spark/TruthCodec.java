package org.retinaspark.job.measures.spark;

import java.nio.ByteBuffer;
import org.retinaspark.job.measures.Detections;
import org.retinaspark.job.measures.Truth;

/** An image's faces in bytes, on their way between tasks. */
public final class TruthCodec {

  private static final int HEADER = 3 * Integer.BYTES + 1;

  private TruthCodec() {}

  /** The bytes of an image's faces. */
  public static byte[] encode(Truth truth) {
    int faces = truth.faces();
    int numbers = truth.boxes().length + truth.landmarks().length;
    ByteBuffer buffer =
        ByteBuffer.allocate(HEADER + faces * (1 + Integer.BYTES) + numbers * Double.BYTES);
    buffer.putInt(truth.ordinal()).putInt(truth.event()).putInt(faces);
    buffer.put((byte) (truth.landmarks().length > 0 ? 1 : 0)).put(truth.subsets());
    for (int mask : truth.slices()) {
      buffer.putInt(mask);
    }
    buffer.asDoubleBuffer().put(truth.boxes()).put(truth.landmarks());
    return buffer.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static Truth decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int ordinal = buffer.getInt();
    int event = buffer.getInt();
    int faces = buffer.getInt();
    double[] landmarks = new double[buffer.get() == 0 ? 0 : faces * Detections.LANDMARKS];
    byte[] subsets = new byte[faces];
    buffer.get(subsets);
    int[] slices = new int[faces];
    for (int i = 0; i < faces; i++) {
      slices[i] = buffer.getInt();
    }
    double[] boxes = new double[faces * Detections.BOX];
    buffer.asDoubleBuffer().get(boxes).get(landmarks);
    return new Truth(ordinal, event, boxes, subsets, slices, landmarks);
  }
}
