package org.retinaspark.job.doctor;

import java.util.List;
import org.retinaspark.io.RootCause;

/** Looks at one thing. */
interface Check {

  /** The thing, in a word or two. */
  String subject();

  /** What is seen of it, at least one finding. */
  List<Finding> look();

  /** What is seen; where the look itself fails, that is what was found. */
  default List<Finding> findings() {
    try {
      return look();
    } catch (RuntimeException | LinkageError failure) { // native code and jars may be missing
      return List.of(
          Finding.problem(
              subject(),
              "the check failed (%s)".formatted(RootCause.text(failure)),
              "whether this works is not known",
              "look at the reason above; if it says nothing to you, report it with this output"));
    }
  }
}
