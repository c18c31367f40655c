package org.retinaspark.io.wider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.matlab.MatFile;

/**
 * Reads the ground truth of one split from a folder: the MATLAB files where they are ({@code
 * wider_face_<split>.mat} with {@code wider_{easy,medium,hard}_<split>.mat}), else the annotation
 * text {@code wider_face_<split>_bbx_gt.txt} as one subset {@code all}, else RetinaFace's {@code
 * label.txt} likewise. A {@code label.txt} beside MATLAB files or text adds landmarks to their
 * faces. The folder's own {@code ground_truth} folder is looked into as well.
 */
public final class GroundTruthReader {

  private static final List<String> SUBSETS = List.of("easy", "medium", "hard");
  private static final String LABELS = "label.txt";

  private final Path folder;
  private final String split;
  private final FileSystem files;
  private final List<GroundTruthFile> read = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * A reader of a folder.
   *
   * @param folder URI of the folder
   * @param split such as {@code val} or {@code train}
   * @throws IOException if the file system can't be reached
   */
  public GroundTruthReader(String folder, String split, Configuration configuration)
      throws IOException {
    this.folder = new Path(folder);
    this.split = split;
    this.files = this.folder.getFileSystem(configuration);
  }

  /**
   * Reads everything.
   *
   * @throws IOException if a file can't be read
   * @throws GroundTruthException if the folder has no ground truth of the split, or a broken one
   */
  public GroundTruth read() throws IOException {
    byte[] mat = content("wider_face_" + split + ".mat");
    byte[] text = content("wider_face_" + split + "_bbx_gt.txt");
    byte[] labels = content(LABELS);
    if (mat.length > 0) {
      return fromMat(mat, labels);
    }
    if (text.length > 0) {
      warnings.add("no wider_face_" + split + ".mat: every valid face counts, as subset \"all\"");
      List<GroundTruthImage> images =
          new AnnotationText("wider_face_" + split + "_bbx_gt.txt", utf8(text)).images();
      return assemble(List.of("all"), BoxType.INT32, withLandmarks(images, labels));
    }
    if (labels.length > 0) {
      warnings.add("only label.txt: every face counts, as subset \"all\"");
      return assemble(
          List.of("all"), BoxType.REAL, new LandmarkLabels(LABELS, utf8(labels)).images());
    }
    throw new GroundTruthException(
        "%s has no ground truth of split \"%s\": neither wider_face_%s.mat nor wider_face_%s_bbx_gt.txt nor label.txt; name the folder of the official files or another --split"
            .formatted(folder, split, split, split));
  }

  private GroundTruth fromMat(byte[] mat, byte[] labels) throws IOException {
    Map<String, MatFile> subsets = new LinkedHashMap<>();
    for (String subset : SUBSETS) {
      String name = "wider_" + subset + "_" + split + ".mat";
      byte[] content = content(name);
      if (content.length > 0) {
        subsets.put(subset, MatFile.read(name, content));
      }
    }
    if (subsets.isEmpty()) {
      throw new GroundTruthException(
          "%s has wider_face_%s.mat but none of wider_{easy,medium,hard}_%s.mat, so no face would count; add them"
              .formatted(folder, split, split));
    }
    MatGroundTruth reader =
        new MatGroundTruth(MatFile.read("wider_face_" + split + ".mat", mat), subsets);
    return assemble(
        List.copyOf(subsets.keySet()), reader.boxType(), withLandmarks(reader.images(), labels));
  }

  private static List<GroundTruthImage> withLandmarks(
      List<GroundTruthImage> images, byte[] labels) {
    if (labels.length == 0) {
      return images;
    }
    LandmarkLabels landmarks = new LandmarkLabels(LABELS, utf8(labels));
    return images.stream().map(landmarks::label).toList();
  }

  private GroundTruth assemble(
      List<String> subsets, BoxType boxType, List<GroundTruthImage> images) {
    for (GroundTruthFile file : read) {
      if (!file.recognised()) {
        warnings.add(
            "%s has the unknown digest %s: numbers may differ from those published"
                .formatted(file.name(), file.sha256()));
      }
    }
    return new GroundTruth(split, subsets, boxType, images, read, warnings);
  }

  /** The bytes of a file of the folder, empty if it isn't there. */
  private byte[] content(String name) throws IOException {
    for (Path path : List.of(new Path(folder, name), new Path(folder, "ground_truth/" + name))) {
      if (files.exists(path)) {
        try (FSDataInputStream stream = files.open(path)) {
          byte[] bytes = stream.readAllBytes();
          read.add(KnownDigests.identify(name, bytes));
          return bytes;
        }
      }
    }
    return new byte[0];
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
