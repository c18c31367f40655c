package org.retinaspark.job.doctor;

import java.util.List;

/**
 * All that was seen.
 *
 * @param findings in the order of looking
 * @param scope which machines were looked at, in a sentence
 */
public record Diagnosis(List<Finding> findings, String scope) {

  /** Keeps an unmodifiable list. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Whether a run can work as things are; warnings don't count. */
  public boolean isSound() {
    return findings.stream().noneMatch(Finding::isProblem);
  }

  /** How it ends, in a line. */
  public String summary() {
    return "%s, %s. %s".formatted(count(Verdict.PROBLEM), count(Verdict.WARNING), scope);
  }

  private String count(Verdict verdict) {
    long count = findings.stream().filter(finding -> finding.verdict() == verdict).count();
    return "%s %s%s".formatted(count == 0 ? "no" : count, verdict.label(), count == 1 ? "" : "s");
  }
}
