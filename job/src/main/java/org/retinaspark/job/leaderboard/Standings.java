package org.retinaspark.job.leaderboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All cells with what became of them.
 *
 * @param benchmark what they are measured on
 * @param entrants the models, in the order in which they were given
 * @param all in the order in which they are run, by protocol
 */
record Standings(Benchmark benchmark, List<Entrant> entrants, List<Standing> all) {

  /** A cell with what became of it. */
  record Standing(Cell cell, Outcome outcome) {}

  Standings {
    entrants = List.copyOf(entrants);
    all = List.copyOf(all);
  }

  /** Before any is run. */
  static Standings begin(Benchmark benchmark, List<Entrant> entrants, List<Cell> cells) {
    return new Standings(
        benchmark,
        entrants,
        cells.stream().map(cell -> new Standing(cell, new Outcome.Pending())).toList());
  }

  /** The same with the outcome of one. */
  Standings with(int index, Outcome outcome) {
    List<Standing> changed = new ArrayList<>(all);
    changed.set(index, new Standing(all.get(index).cell(), outcome));
    return new Standings(benchmark, entrants, changed);
  }

  /** The labels of the protocols, in the order in which they were given. */
  List<String> protocols() {
    return all.stream().map(standing -> standing.cell().protocol()).distinct().toList();
  }

  /**
   * The cells of a protocol: the best AP of the hardest subset first, those without a number last;
   * else in the order in which they were given.
   */
  List<Standing> of(String protocol) {
    return all.stream()
        .filter(standing -> standing.cell().protocol().equals(protocol))
        .sorted(Comparator.comparingDouble(Standings::rank))
        .toList();
  }

  private static double rank(Standing standing) {
    return standing.outcome() instanceof Outcome.Measured measured
        ? -measured.hardest()
        : Double.POSITIVE_INFINITY;
  }

  /** The cells that have no number, and why. */
  Stream<Outcome.Failed> failures() {
    return all.stream()
        .map(Standing::outcome)
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast);
  }

  /** The cells that have numbers. */
  Stream<Outcome.Measured> measured() {
    return all.stream()
        .map(Standing::outcome)
        .filter(Outcome.Measured.class::isInstance)
        .map(Outcome.Measured.class::cast);
  }
}
