package org.retinaspark.udf.train.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * What is drawn for a view: the same wherever and whenever it is looked at, and nothing alike for
 * another image, another view or another seed.
 *
 * @param seed of the training
 * @param image key of the image
 * @param view number of the view
 */
public record ViewSeed(long seed, String image, int view) {

  /** A source of numbers that begins anew. */
  public SplittableRandom random() {
    byte[] key = image.getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + key.length);
    text.putLong(seed).putInt(view).put(key);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.array());
      return new SplittableRandom(ByteBuffer.wrap(digest).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
