package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** A rule that makes faces of what a network found in all inputs of an image. */
public interface Merge extends Serializable {

  /** Those that have a name on the command line. */
  List<Merge> KNOWN =
      List.of(new NonMaximumSuppression(), new SoftNonMaximumSuppression(), new BoxVoting());

  /**
   * The known merge of a name, whatever its case.
   *
   * @throws IllegalArgumentException naming those there are
   */
  static Merge named(String label) {
    return KNOWN.stream()
        .filter(known -> known.label().equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no merge '%s': choose one of %s"
                        .formatted(
                            label,
                            KNOWN.stream().map(Merge::label).collect(Collectors.joining(", ")))));
  }

  /** Its name on the command line and in files. */
  String label();

  /** Whether a face may depend on candidates of lower scores. */
  boolean asksForSupport();

  /**
   * The faces of an image, best first.
   *
   * @param candidates of all inputs, in the order of the inputs and of the network's anchors; the
   *     best {@link Thresholds#candidates()} of each
   */
  List<Face> faces(Candidates candidates, Thresholds thresholds);
}
