package org.retinaspark.udf.train.sampling;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.train.view.ViewPlan;

/**
 * Which anchors of each image become samples.
 *
 * @param views which network inputs an image becomes
 * @param counts how many samples are taken
 * @param wanted of which kind
 * @param seed of what is taken by chance
 * @param miner tells how hard a negative is: a head of {@link HeadTask#CLASS}, whose logit of a
 *     face less that of background it is; without one negatives are taken by chance only
 * @param labels the faces of each image
 */
public record SamplingPlan(
    ViewPlan views,
    SampleCounts counts,
    WantedSamples wanted,
    long seed,
    @Nullable LinearHead miner,
    LabelSource labels)
    implements Serializable {

  /**
   * Checks the miner.
   *
   * @throws IllegalArgumentException if it is a head of another task
   */
  public SamplingPlan {
    if (miner != null && miner.values() != HeadTask.CLASS.perAnchor()) {
      throw new IllegalArgumentException(
          "hard negatives are found by a head of %d values an anchor, but must be by one of %d"
              .formatted(miner.values(), HeadTask.CLASS.perAnchor()));
    }
  }

  /**
   * All that decides the samples of a labelled image, by name; of the labels themselves nothing.
   */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("views", views.toString());
    settings.put("counts", counts.toString());
    settings.put("wanted", wanted.toString());
    settings.put("seed", Long.toString(seed));
    settings.put("miner", miner == null ? "none" : digest(miner));
    return settings;
  }

  /** SHA-256 of a head's numbers: of each level the weights, then the biases, big-endian. */
  private static String digest(LinearHead head) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int level = 0; level < head.levels(); level++) {
        digest.update(bytes(head.weights().get(level)));
        digest.update(bytes(head.biases().get(level)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
