package org.retinaspark.io.aflw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.GroundTruthException;

/**
 * The labels of a folder of AFLW2000-3D: each {@code NAME.mat} that stands directly in it. Folders
 * inside hold code and models in the release, and are left.
 *
 * @param labels in the order of their names
 * @param sha256 digest over the names and contents of all files, lower-case hexadecimal
 */
public record AflwLabels(List<AflwLabel> labels, String sha256) {

  private static final String ENDING = ".mat";

  /** A label has some kilobytes; what is much larger is something else. */
  private static final long LARGEST_FILE = 1 << 20;

  /** Keeps an unmodifiable list. */
  public AflwLabels {
    labels = List.copyOf(labels);
  }

  /**
   * Reads a folder.
   *
   * @throws IOException if a file can't be read
   * @throws GroundTruthException if there are no labels, or if one is broken
   */
  public static AflwLabels read(String folder, Configuration configuration) throws IOException {
    Path path = new Path(folder);
    FileSystem files = path.getFileSystem(configuration);
    MessageDigest digest = newDigest();
    List<AflwLabel> labels = new ArrayList<>();
    for (FileStatus file : files(files, path)) {
      byte[] content = content(files, file);
      String name = file.getPath().getName();
      digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(content);
      labels.add(AflwLabel.read(name.substring(0, name.length() - ENDING.length()), name, content));
    }
    if (labels.isEmpty()) {
      throw new GroundTruthException(
          "%s has no file NAME.mat, so there are no labels of AFLW2000-3D: nothing was evaluated; name the folder with the release's image00002.mat and so on"
              .formatted(folder));
    }
    requireApart(labels);
    return new AflwLabels(labels, HexFormat.of().formatHex(digest.digest()));
  }

  private static void requireApart(List<AflwLabel> labels) {
    Set<String> names = new HashSet<>();
    for (AflwLabel label : labels) {
      if (!names.add(label.image())) {
        throw new GroundTruthException(
            "the folder has two labels of the image %s: nothing was evaluated; take one of them out"
                .formatted(label.image()));
      }
    }
  }

  private static List<FileStatus> files(FileSystem files, Path folder) throws IOException {
    return Arrays.stream(files.listStatus(folder))
        .filter(FileStatus::isFile)
        .filter(file -> file.getPath().getName().toLowerCase(Locale.ROOT).endsWith(ENDING))
        .sorted(Comparator.comparing(file -> file.getPath().getName()))
        .toList();
  }

  private static byte[] content(FileSystem files, FileStatus file) throws IOException {
    if (file.getLen() > LARGEST_FILE) {
      throw new GroundTruthException(
          "%s has %,d bytes, and a label of AFLW2000-3D some thousand: nothing was evaluated; take the file out of the folder"
              .formatted(file.getPath().getName(), file.getLen()));
    }
    try (FSDataInputStream stream = files.open(file.getPath())) {
      return stream.readNBytes((int) LARGEST_FILE);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
