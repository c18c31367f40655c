package org.retinaspark.job.doctor;

import java.io.Serializable;

/**
 * What was seen of one thing.
 *
 * @param subject the thing, in a word or two
 * @param verdict how bad it is
 * @param found what was seen
 * @param meaning what follows from it; empty where all is well
 * @param remedy what to do; empty where all is well
 */
record Finding(String subject, Verdict verdict, String found, String meaning, String remedy)
    implements Serializable {

  static Finding ok(String subject, String found) {
    return new Finding(subject, Verdict.OK, found, "", "");
  }

  static Finding warning(String subject, String found, String meaning, String remedy) {
    return new Finding(subject, Verdict.WARNING, found, meaning, remedy);
  }

  static Finding problem(String subject, String found, String meaning, String remedy) {
    return new Finding(subject, Verdict.PROBLEM, found, meaning, remedy);
  }

  /** The same, of another machine. */
  Finding on(String machine) {
    return new Finding(machine + ": " + subject, verdict, found, meaning, remedy);
  }

  boolean isProblem() {
    return verdict == Verdict.PROBLEM;
  }
}
