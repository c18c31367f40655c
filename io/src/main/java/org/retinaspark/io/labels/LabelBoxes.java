package org.retinaspark.io.labels;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.wider.ImageKey;

/**
 * The boxes of all labelled images, for tasks to look up: 16 bytes and a bit a face, the key and 8
 * bytes an image.
 *
 * <p>A photo's key and a label's belong together where they are the same, or where one of them has
 * only folders before the other: {@code photos/0--Parade/a.jpg} and {@code 0--Parade/a.jpg}.
 */
public final class LabelBoxes implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Each executor holds it, and the driver builds it: 1 GiB, of some 40 million faces. */
  static final long MOST_BYTES = 1L << 30;

  static final int UNLABELLED = -1;
  static final int AMBIGUOUS = -2;

  private static final byte SLASH = '/';

  /** Keys backwards, one behind the other in byte order, so that equal ends stand together. */
  private final byte[] keys;

  private final int[] keyEnds;
  private final int[] faceEnds;
  private final float[] boxes;
  private final BitSet ignored = new BitSet();

  /**
   * Of images in {@link LabelledImage#toBytes() bytes}, in any order.
   *
   * @throws GroundTruthException if an image is labelled twice
   */
  LabelBoxes(List<byte[]> images) {
    byte[][] backwards = new byte[images.size()][];
    Integer[] order = new Integer[images.size()];
    int keyLength = 0;
    int faces = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      LabelledImage image = LabelledImage.fromBytes(images.get(i));
      backwards[i] = backwards(image.image());
      keyLength += backwards[i].length;
      faces += image.faces().size();
    }
    Arrays.sort(order, (one, other) -> Arrays.compareUnsigned(backwards[one], backwards[other]));
    keys = new byte[keyLength];
    keyEnds = new int[order.length];
    faceEnds = new int[order.length];
    boxes = new float[faces * LabelledFace.BOX];
    for (int i = 0; i < order.length; i++) {
      put(i, backwards[order[i]], LabelledImage.fromBytes(images.get(order[i])));
    }
  }

  private void put(int at, byte[] key, LabelledImage image) {
    int start = start(keyEnds, at);
    if (at > 0 && Arrays.equals(key, 0, key.length, keys, start(keyEnds, at - 1), start)) {
      throw new GroundTruthException(
          "image %s is labelled twice: nothing was done, since nobody knows which is right. Take one of them out"
              .formatted(image.image()));
    }
    System.arraycopy(key, 0, keys, start, key.length);
    keyEnds[at] = start + key.length;
    int face = start(faceEnds, at);
    for (LabelledFace labelled : image.faces()) {
      System.arraycopy(labelled.box(), 0, boxes, face * LabelledFace.BOX, LabelledFace.BOX);
      ignored.set(face++, labelled.ignored());
    }
    faceEnds[at] = face;
  }

  /** What so many take. */
  static long bytes(long images, long keyBytes, long faces) {
    long boxBytes = faces * LabelledFace.BOX * Float.BYTES + faces / Byte.SIZE;
    return keyBytes + images * 2 * Integer.BYTES + boxBytes;
  }

  /** How many images are labelled. */
  public int images() {
    return keyEnds.length;
  }

  /**
   * The labelled boxes of a photo; null if it isn't labelled.
   *
   * @param photo its key in a table of ours
   * @throws GroundTruthException if labels of several images fit
   */
  public @Nullable ImageBoxes of(String photo) {
    int found = find(photo);
    if (found == AMBIGUOUS) {
      throw ambiguous(photo);
    }
    if (found == UNLABELLED) {
      return null;
    }
    int first = start(faceEnds, found);
    int end = faceEnds[found];
    return new ImageBoxes(
        key(found),
        Arrays.copyOfRange(boxes, first * LabelledFace.BOX, end * LabelledFace.BOX),
        ignored.get(first, end));
  }

  static GroundTruthException ambiguous(String photo) {
    return new GroundTruthException(
        "labels of several images fit photo %s: nothing was done, since nobody knows which are its own. Name images by their whole paths below --input"
            .formatted(photo));
  }

  /** The number of the image that a photo is, {@link #UNLABELLED} or {@link #AMBIGUOUS}. */
  int find(String photo) {
    byte[] key = backwards(ImageKey.of(photo));
    int exact = search(key);
    if (exact >= 0) {
      return exact;
    }
    int found = UNLABELLED;
    for (int slash = 0; slash < key.length; slash++) {
      int label = key[slash] == SLASH ? search(Arrays.copyOf(key, slash)) : UNLABELLED;
      if (label >= 0 && found >= 0) {
        return AMBIGUOUS;
      }
      found = Math.max(found, label);
    }
    byte[] folder = Arrays.copyOf(key, key.length + 1);
    folder[key.length] = SLASH;
    for (int at = -1 - search(folder); at < images() && startsWith(at, folder); at++) {
      if (found >= 0) {
        return AMBIGUOUS;
      }
      found = at;
    }
    return found;
  }

  /** The number of the key, or less than 0: -1 - the number of the first after it. */
  private int search(byte[] key) {
    int low = 0;
    int high = images() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(keys, start(keyEnds, middle), keyEnds[middle], key, 0, key.length);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return -1 - low;
  }

  private boolean startsWith(int at, byte[] start) {
    int from = start(keyEnds, at);
    return keyEnds[at] - from >= start.length
        && Arrays.equals(keys, from, from + start.length, start, 0, start.length);
  }

  /** The key of an image. */
  String key(int number) {
    byte[] key = Arrays.copyOfRange(keys, start(keyEnds, number), keyEnds[number]);
    return new String(reversed(key), StandardCharsets.UTF_8);
  }

  private static int start(int[] ends, int at) {
    return at == 0 ? 0 : ends[at - 1];
  }

  private static byte[] backwards(String key) {
    return reversed(key.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
