package org.retinaspark.io.labels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.wider.ImageKey;

/**
 * Photos that must not be fitted on, since an evaluation asks about them. A photo is known by the
 * bytes of its file, whatever its name; that it has the name of one is told and no proof.
 *
 * @param photos SHA-256 of files, lower-case hexadecimal
 * @param names the first 16 digits of the SHA-256 of keys, {@code <event>/<image>.jpg}
 */
public record HeldOut(Set<String> photos, Set<String> names) implements Serializable {

  /** What the driver and each executor hold in some 300 MB. */
  static final int MOST_PHOTOS = 2_000_000;

  /** Hexadecimal digits of a whole digest. */
  static final int DIGITS = 64;

  private static final String WIDER_FACE = "widerface-val.txt";
  private static final int NAME_DIGITS = 16;

  /** So many names of held out photos are no chance. */
  private static final int MOST_NAMED = 10;

  private static final double MOST_NAMED_SHARE = 0.1;

  /** Keeps unmodifiable copies. */
  public HeldOut {
    photos = Set.copyOf(photos);
    names = Set.copyOf(names);
  }

  /**
   * The photos of WIDER FACE's validation set: 404 of them by their bytes, all 3,226 by their
   * names. {@code held_out.py} among the tests made the list.
   */
  public static HeldOut widerFace() {
    Set<String> photos = new HashSet<>();
    Set<String> names = new HashSet<>();
    try (InputStream in = HeldOut.class.getResourceAsStream(WIDER_FACE)) {
      if (in == null) {
        throw new IllegalStateException(WIDER_FACE + " is not in the jar");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> (line.length() == DIGITS ? photos : names).add(line));
      return new HeldOut(photos, names);
    } catch (IOException impossible) {
      throw new IllegalStateException(WIDER_FACE + " can't be read from the jar", impossible);
    }
  }

  /**
   * The photos at a location: a text file of digests as {@code sha256sum} prints them, a folder of
   * photos, or the images of a table of {@code detect}, whose files are read where they are.
   *
   * @throws GroundTruthException if there are none, or more than a driver can hold
   * @throws org.retinaspark.io.UnusableLocationException if a table can't be read
   * @throws IOException if a file can't be read
   */
  public static HeldOut read(SparkSession spark, String location) throws IOException {
    Set<String> photos = new HeldOutReader(spark, location).digests();
    if (photos.isEmpty()) {
      throw new GroundTruthException(
          "there are no photos and no digests at --held-out %s: nothing was done, since nothing would be held out. Name a folder of photos, a list as sha256sum prints it, or a table of 'detect'"
              .formatted(location));
    }
    return new HeldOut(photos, Set.of());
  }

  /** These photos and others. */
  public HeldOut and(HeldOut other) {
    Set<String> allPhotos = new HashSet<>(photos);
    allPhotos.addAll(other.photos);
    Set<String> allNames = new HashSet<>(names);
    allNames.addAll(other.names);
    return new HeldOut(allPhotos, allNames);
  }

  /** Whether a file is one of the photos. */
  public boolean holds(byte[] file) {
    return photos.contains(HexFormat.of().formatHex(sha256().digest(file)));
  }

  /** Whether an image has the name of one, whatever folders stand before it. */
  public boolean isNamed(String image) {
    byte[] key = ImageKey.belowEvent(ImageKey.of(image)).getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(sha256().digest(key));
    return names.contains(digest.substring(0, NAME_DIGITS));
  }

  /**
   * Counts the labelled images that have the name of one.
   *
   * @throws GroundTruthException if they are so many that these are the labels of an evaluation
   */
  public long named(LabelBoxes labels) {
    long named = 0;
    for (int image = 0; image < labels.images(); image++) {
      named += isNamed(labels.key(image)) ? 1 : 0;
    }
    if (named >= MOST_NAMED && named >= MOST_NAMED_SHARE * labels.images()) {
      throw new GroundTruthException(
          "%d of the %d labelled images have the names of validation photos of WIDER FACE: nothing was done, since who is fitted on them can't be evaluated on them. Give the labels of the training set; photos that only have these names need others"
              .formatted(named, labels.images()));
    }
    return named;
  }

  /** Digest of the whole list, for the record of a run. */
  public String sha256Hex() {
    MessageDigest digest = sha256();
    new TreeSet<>(photos)
        .forEach(photo -> digest.update((photo + "\n").getBytes(StandardCharsets.US_ASCII)));
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
