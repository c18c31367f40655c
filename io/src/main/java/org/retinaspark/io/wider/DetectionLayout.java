package org.retinaspark.io.wider;

import java.util.List;

/** What stands in a detection file before {@code x y w h score} a line. */
public enum DetectionLayout {
  /** One of the others, told by the first two lines of each file. */
  AUTO(0),
  /** As the benchmark has it: the image's name, then the number of detections. */
  WIDERFACE(2),
  /** The image's name. */
  NAMED(1),
  /** The number of detections. */
  COUNTED(1),
  /** Nothing. */
  BOXES(0);

  private final int header;

  DetectionLayout(int header) {
    this.header = header;
  }

  /** Lines before the detections. */
  int header() {
    return header;
  }

  /**
   * This, or the layout that a file's lines have; one that is none of them is a cut official one.
   */
  DetectionLayout of(List<String> lines) {
    if (this != AUTO || lines.isEmpty()) {
      return this == AUTO ? WIDERFACE : this;
    }
    String first = lines.get(0);
    String second = lines.size() > 1 ? lines.get(1) : "";
    if (DetectionLine.isOne(first)) {
      return BOXES;
    }
    if (DetectionLine.count(first) >= 0 && (DetectionLine.isOne(second) || first.equals("0"))) {
      return COUNTED;
    }
    return DetectionLine.isOne(second) ? NAMED : WIDERFACE;
  }
}
