package org.retinaspark.job.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What executors saw, put together: what is wrong once a machine, what is right in a line.
 *
 * @param seen by tasks; several may be of one executor
 */
record ExecutorReport(List<ExecutorChecks.Seen> seen) {

  List<Finding> findings() {
    Map<String, Map<String, List<Finding>>> hosts = new LinkedHashMap<>();
    for (ExecutorChecks.Seen each : seen) {
      hosts
          .computeIfAbsent(each.host(), unused -> new LinkedHashMap<>())
          .putIfAbsent(each.executor(), each.findings());
    }
    List<Finding> findings = new ArrayList<>();
    hosts.forEach((host, executors) -> findings.addAll(ofHost(host, executors.values())));
    return findings;
  }

  private static List<Finding> ofHost(String host, Collection<List<Finding>> executors) {
    Set<Finding> wrong = new LinkedHashSet<>();
    Set<String> right = new LinkedHashSet<>();
    for (List<Finding> findings : executors) {
      for (Finding finding : findings) {
        if (finding.verdict() == Verdict.OK) {
          right.add(finding.subject());
        } else {
          wrong.add(finding.on(host));
        }
      }
    }
    List<Finding> all = new ArrayList<>(wrong);
    all.add(
        0,
        Finding.ok(
            host,
            "%d executor(s), fine: %s".formatted(executors.size(), String.join(", ", right))));
    return all;
  }

  /** How much of the cluster was looked at. */
  String scope() {
    long executors = seen.stream().map(each -> each.host() + each.executor()).distinct().count();
    long hosts = seen.stream().map(ExecutorChecks.Seen::host).distinct().count();
    return "Looked at the driver's machine, and at %d executor(s) on %d machine(s)"
        .formatted(executors, hosts);
  }
}
