package org.retinaspark.io.labels;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labelled faces of an image; none stand for an image without faces.
 *
 * @param image the key of the labels, as {@link org.retinaspark.io.wider.ImageKey} writes it
 * @param faces a face's index is its place among them, ignored ones included
 */
public record LabelledImage(String image, List<LabelledFace> faces) implements Serializable {

  /** Keeps an unmodifiable list. */
  public LabelledImage {
    faces = List.copyOf(faces);
  }

  /** The same image with the boxes alone. */
  LabelledImage boxes() {
    return new LabelledImage(
        image,
        faces.stream()
            .map(face -> new LabelledFace(face.box(), null, null, face.ignored()))
            .toList());
  }

  /** The image in bytes: its own form, since Kryo can't restore records. */
  public byte[] toBytes() {
    byte[] key = image.getBytes(StandardCharsets.UTF_8);
    int length = 2 * Integer.BYTES + key.length;
    for (LabelledFace face : faces) {
      length += 1 + 2 * Integer.BYTES + Float.BYTES * (LabelledFace.BOX + numbers(face));
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    bytes.putInt(key.length).put(key).putInt(faces.size());
    for (LabelledFace face : faces) {
      bytes.put((byte) (face.ignored() ? 1 : 0));
      put(bytes, face.box());
      putCounted(bytes, face.landmarks());
      putCounted(bytes, face.mesh());
    }
    return bytes.array();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static LabelledImage fromBytes(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    byte[] key = new byte[bytes.getInt()];
    bytes.get(key);
    int count = bytes.getInt();
    List<LabelledFace> faces = new ArrayList<>(count);
    for (int face = 0; face < count; face++) {
      boolean ignored = bytes.get() != 0;
      float[] box = floats(bytes, LabelledFace.BOX);
      float[] landmarks = floats(bytes, bytes.getInt());
      float[] mesh = floats(bytes, bytes.getInt());
      faces.add(new LabelledFace(box, orNull(landmarks), orNull(mesh), ignored));
    }
    return new LabelledImage(new String(key, StandardCharsets.UTF_8), faces);
  }

  private static int numbers(LabelledFace face) {
    return length(face.landmarks()) + length(face.mesh());
  }

  private static int length(float @Nullable [] values) {
    return values == null ? 0 : values.length;
  }

  private static void putCounted(ByteBuffer bytes, float @Nullable [] values) {
    bytes.putInt(length(values));
    if (values != null) {
      put(bytes, values);
    }
  }

  private static void put(ByteBuffer bytes, float[] values) {
    for (float value : values) {
      bytes.putFloat(value);
    }
  }

  private static float[] floats(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = bytes.getFloat();
    }
    return values;
  }

  private static float @Nullable [] orNull(float[] values) {
    return values.length == 0 ? null : values;
  }
}
