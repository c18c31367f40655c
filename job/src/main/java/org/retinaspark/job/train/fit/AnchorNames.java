package org.retinaspark.job.train.fit;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.AnchorLevel;

/**
 * What people call the anchors of a cell of each level.
 *
 * @param names of each, finest level first
 */
record AnchorNames(List<String> names) {

  /** Of a model's anchors. */
  static AnchorNames of(List<AnchorLevel> levels) {
    List<String> names = new ArrayList<>();
    for (AnchorLevel level : levels) {
      for (float size : level.sizes()) {
        names.add("anchors of stride %d and size %s".formatted(level.stride(), plain(size)));
      }
    }
    return new AnchorNames(List.copyOf(names));
  }

  private static String plain(float size) {
    return size == Math.rint(size) ? Integer.toString((int) size) : Float.toString(size);
  }

  String name(int anchor) {
    return names.get(anchor);
  }
}
