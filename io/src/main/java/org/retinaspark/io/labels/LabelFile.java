package org.retinaspark.io.labels;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.GroundTruthException;

/** A file of labels, and what its first bytes tell. */
record LabelFile(String location, FileLocation file) {

  /** WIDER FACE's training set has ten million; a text of this size has some million faces. */
  private static final int MOST_BYTES = 1 << 28;

  private static final int HEAD = 1 << 12;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static LabelFile of(String location, Configuration hadoop) throws IOException {
    return new LabelFile(location, FileLocation.of(location, hadoop));
  }

  /** Whether it is a folder, which only tables are. */
  boolean isFolder() throws IOException {
    return file.files().getFileStatus(file.path()).isDirectory();
  }

  InputStream open() throws IOException {
    return file.files().open(file.path());
  }

  /** Its name without folders. */
  String name() {
    return file.path().getName();
  }

  /** What it is, by its first lines. */
  LabelFormat format() throws IOException {
    String head;
    try (InputStream in = open()) {
      head = text(in.readNBytes(HEAD));
    }
    if (head.startsWith("PAR1")) {
      return LabelFormat.TABLE;
    }
    Iterator<String> lines =
        head.lines().map(String::strip).filter(line -> !line.isEmpty()).iterator();
    String first = lines.hasNext() ? lines.next() : "";
    String second = lines.hasNext() ? lines.next() : "";
    if (first.startsWith("#")) {
      return LabelFormat.RETINAFACE;
    }
    if (first.startsWith("{")) {
      return LabelFormat.COCO;
    }
    if (!first.isEmpty() && second.matches("\\d{1,10}")) {
      return LabelFormat.WIDERFACE;
    }
    throw new GroundTruthException(
        "%s begins with \"%s\", which is none of the forms of labels: nothing was done. Give RetinaFace's label.txt (\"# event/image.jpg\"), wider_face_*_bbx_gt.txt (an image, then a number), COCO annotations (\"{\") or a table of 'detect'; or name the form with --labels-format"
            .formatted(location, first.substring(0, Math.min(first.length(), 60))));
  }

  /** All of it. */
  String text() throws IOException {
    byte[] bytes;
    try (InputStream in = open()) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new GroundTruthException(
          "%s has more than %,d bytes, which the driver would hold as text: nothing was done. Give so many labels as a table with the columns of 'detect'"
              .formatted(location, MOST_BYTES));
    }
    return text(bytes);
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
