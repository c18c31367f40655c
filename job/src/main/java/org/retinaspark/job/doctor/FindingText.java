package org.retinaspark.job.doctor;

import java.util.Locale;

/** A finding as it is printed: a line, and two more where something is to be done. */
final class FindingText {

  private FindingText() {}

  static String of(Finding finding) {
    StringBuilder text =
        new StringBuilder(line(finding.verdict().label(), finding.subject(), finding.found()));
    if (!finding.meaning().isEmpty()) {
      text.append(System.lineSeparator()).append(line("", "  it means", finding.meaning()));
    }
    if (!finding.remedy().isEmpty()) {
      text.append(System.lineSeparator()).append(line("", "  what to do", finding.remedy()));
    }
    return text.toString();
  }

  private static String line(String verdict, String subject, String text) {
    return String.format(Locale.ROOT, "%-8s %-18s %s", verdict, subject, text);
  }
}
