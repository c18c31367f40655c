package org.retinaspark.job.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.retinaspark.io.labels.LabelCounts;
import org.retinaspark.job.UsageException;

/** What can be fitted. */
enum TrainedHead {
  /** Whether an anchor is a face. */
  CLASS,
  /** Where the face is. */
  BOX,
  /** Where its five landmarks are. */
  LANDMARKS,
  /** Where the vertices of its mesh are. */
  MESH;

  /** What it is called on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All of them, for messages. */
  static String labels() {
    return told(EnumSet.allOf(TrainedHead.class));
  }

  static String told(Set<TrainedHead> heads) {
    return heads.stream().map(TrainedHead::label).collect(Collectors.joining(", "));
  }

  /**
   * The heads of a list.
   *
   * @throws IllegalArgumentException naming what is no head, or stands twice
   */
  static Set<TrainedHead> of(List<String> names) {
    Set<TrainedHead> heads = EnumSet.noneOf(TrainedHead.class);
    for (String name : names) {
      TrainedHead head =
          Arrays.stream(values())
              .filter(value -> value.label().equals(name.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--heads has '%s', but must be some of %s, with commas between"
                              .formatted(name, labels())));
      if (!heads.add(head)) {
        throw new IllegalArgumentException(
            "--heads has '%s' twice, but must have each once".formatted(head.label()));
      }
    }
    return Collections.unmodifiableSet(heads);
  }

  /** Those that labels can teach. */
  static Set<TrainedHead> taughtBy(LabelCounts labels) {
    Set<TrainedHead> heads = EnumSet.noneOf(TrainedHead.class);
    for (TrainedHead head : values()) {
      if (head.faces(labels) > 0) {
        heads.add(head);
      }
    }
    return Collections.unmodifiableSet(heads);
  }

  /** How many faces of the labels teach it. */
  private long faces(LabelCounts labels) {
    return switch (this) {
      case CLASS, BOX -> labels.faces() - labels.ignored();
      case LANDMARKS -> labels.landmarks();
      case MESH -> labels.meshes();
    };
  }

  /**
   * Checks that labels teach the heads that were asked for.
   *
   * @throws UsageException naming those that they don't
   */
  static void requireTaught(Set<TrainedHead> asked, LabelCounts labels, String location) {
    if (asked.isEmpty()) {
      throw new UsageException(
          "the labels '%s' of %,d images have no face: nothing was read, since there is nothing to learn"
              .formatted(location, labels.images()));
    }
    Set<TrainedHead> taught = taughtBy(labels);
    if (!taught.containsAll(asked)) {
      Set<TrainedHead> missing = EnumSet.copyOf(asked);
      missing.removeAll(taught);
      throw new UsageException(
          ("--heads has %s, but the labels '%s' of %,d faces have nothing to teach that with (%,d"
                  + " have landmarks, %,d meshes): nothing was read. Leave it out, or give labels"
                  + " that have it; meshes come from a table of 'detect --mesh-model'")
              .formatted(
                  told(missing), location, labels.faces(), labels.landmarks(), labels.meshes()));
    }
  }
}
