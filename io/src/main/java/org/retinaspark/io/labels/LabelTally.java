package org.retinaspark.io.labels;

import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.retinaspark.io.GroundTruthException;

/**
 * Counts labels, and digests them whatever their order: the SHA-256 of the images' bytes, each
 * image's apart, summed modulo 2^256. For one thread; tallies of parts are merged.
 */
final class LabelTally implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int DIGEST_BITS = 256;

  /** Kinds of meshes that are told apart; two are an error already. */
  private static final int MOST_MESHES = 4;

  /** Not an EnumMap, which Kryo can't restore. */
  private final TreeMap<LabelFault, Long> faults = new TreeMap<>();

  private final TreeMap<String, Integer> meshes = new TreeMap<>();
  private BigInteger digest = BigInteger.ZERO;
  private long images;
  private long faces;
  private long ignored;
  private long landmarks;
  private long mirrored;
  private long meshed;
  private long keyBytes;

  void count(LabelFault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  /** An image as it is taken. */
  void add(LabelledImage image) {
    images++;
    keyBytes += image.image().getBytes(StandardCharsets.UTF_8).length;
    digest = sum(digest, new BigInteger(1, sha256().digest(image.toBytes())));
    for (LabelledFace face : image.faces()) {
      faces++;
      ignored += face.ignored() ? 1 : 0;
      float[] points = face.landmarks();
      if (points != null) {
        landmarks++;
        mirrored += points[0] > points[2] ? 1 : 0;
      }
      meshed += face.mesh() == null ? 0 : 1;
    }
  }

  /** The mesh that a face of an image has. */
  void add(LabelMesh mesh) {
    if (meshes.size() < MOST_MESHES) {
      meshes.put(mesh.topology() + " " + mesh.vertices(), mesh.vertices());
    }
  }

  LabelTally merge(LabelTally other) {
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    meshes.putAll(other.meshes);
    digest = sum(digest, other.digest);
    images += other.images;
    faces += other.faces;
    ignored += other.ignored;
    landmarks += other.landmarks;
    mirrored += other.mirrored;
    meshed += other.meshed;
    keyBytes += other.keyBytes;
    return this;
  }

  LabelCounts counts() {
    return new LabelCounts(images, faces, ignored, landmarks, meshed, faults);
  }

  /** Faces whose left eye lies right of the right one. */
  long mirrored() {
    return mirrored;
  }

  /** What {@link LabelBoxes} needs of memory. */
  long boxBytes() {
    return LabelBoxes.bytes(images, keyBytes, faces);
  }

  /**
   * The meshes' kinds, none or one.
   *
   * @throws GroundTruthException if there are two
   */
  Optional<LabelMesh> mesh(String location) {
    if (meshes.size() > 1) {
      throw new GroundTruthException(
          "the meshes of %s are of several kinds, %s (name and vertices): nothing was fitted, since a head has one. Take apart what two runs wrote"
              .formatted(location, meshes.keySet()));
    }
    return meshes.entrySet().stream()
        .map(
            kind ->
                new LabelMesh(
                    kind.getKey().substring(0, kind.getKey().lastIndexOf(' ')), kind.getValue()))
        .findFirst();
  }

  /** Digest over all images, lower-case hexadecimal. */
  String sha256Hex() {
    byte[] sum = digest.toString(16).getBytes(StandardCharsets.UTF_8);
    MessageDigest whole = sha256();
    whole.update((images + " " + meshes.keySet() + " ").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(whole.digest(sum));
  }

  private static BigInteger sum(BigInteger one, BigInteger other) {
    return one.add(other).mod(BigInteger.ONE.shiftLeft(DIGEST_BITS));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
