package org.retinaspark.job.leaderboard;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.wider.GroundTruth;
import org.retinaspark.io.wider.GroundTruthReader;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.detect.DetectConfig;
import org.retinaspark.job.evaluate.EvaluateAction;

/** Measures each model under each protocol, one after another, in one Spark application. */
final class LeaderboardAction {

  private final SparkSession spark;
  private final Configuration hadoop;
  private final LeaderboardConfig config;
  private final PrintWriter terminal;

  /**
   * An action that does nothing yet.
   *
   * @param terminal where progress goes
   */
  LeaderboardAction(SparkSession spark, LeaderboardConfig config, PrintWriter terminal) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.terminal = terminal;
  }

  /**
   * Runs all cells. After each the leaderboard is written anew, so that one that is killed has what
   * was done.
   *
   * @throws UsageException if the configuration can't be met; nothing was found then
   * @throws org.retinaspark.io.UnusableLocationException if input or output can't be used
   * @throws org.retinaspark.io.wider.GroundTruthException if the ground truth is missing or broken
   * @throws IOException if the ground truth can't be read, or Spark is ending
   */
  LeaderboardResult execute() throws IOException {
    LeaderboardFolder folder = new LeaderboardFolder(config.output(), hadoop);
    folder.requireWritable(config);
    Benchmark benchmark = benchmark();
    Entrants entrants = new Entrants(config, folder, new FileLookup(spark.sparkContext()), hadoop);
    List<Entrant> read = entrants.read();
    // All is checked and the leaderboard is there before models are kept in it: else a run that
    // ends here would leave a folder that no later one takes for a leaderboard.
    write(Standings.begin(benchmark, read, cells(read, folder)), folder);
    List<Entrant> opened = entrants.opened(read);
    Standings standings = Standings.begin(benchmark, opened, cells(opened, folder));
    write(standings, folder);
    CellRun run = new CellRun(spark, config, terminal);
    Estimate estimate = new Estimate();
    for (int index = 0; index < standings.all().size(); index++) {
      Cell cell = standings.all().get(index).cell();
      announce(standings, index, estimate);
      Instant started = Instant.now();
      Outcome outcome = run.measure(cell);
      if (outcome instanceof Outcome.Measured measured && measured.imagesNow() > 0) {
        estimate.add(cell.protocol(), Duration.between(started, Instant.now()));
      }
      standings = standings.with(index, outcome);
      write(standings, folder);
    }
    return LeaderboardResult.of(standings, folder.page().toString());
  }

  private Benchmark benchmark() throws IOException {
    GroundTruth all = new GroundTruthReader(config.groundTruth(), config.split(), hadoop).read();
    return Benchmark.of(
        config, all, new EvaluateAction(spark, config.evaluate(config.output())).truth());
  }

  private List<Cell> cells(List<Entrant> entrants, LeaderboardFolder folder) {
    List<Cell> cells = new ArrayList<>();
    for (String protocol : config.protocols()) {
      String label = config.label(protocol);
      for (Entrant entrant : entrants) {
        String table = folder.location(LeaderboardFolder.table(entrant, label));
        DetectConfig detect = config.detect(entrant.location(), protocol, table);
        for (String input : config.inputs()) {
          TableLocation.of(table, hadoop).requireWritable(config.policy(), input);
        }
        cells.add(new Cell(entrant, label, detect, table));
      }
    }
    return cells;
  }

  private void announce(Standings standings, int index, Estimate estimate) {
    List<String> rest =
        standings.all().stream().skip(index).map(standing -> standing.cell().protocol()).toList();
    terminal.printf(
        Locale.ROOT,
        "cell %d of %d: %s%s%n",
        index + 1,
        standings.all().size(),
        standings.all().get(index).cell().name(),
        estimate.of(rest).map(left -> " (about " + text(left) + " to go)").orElse(""));
    terminal.flush();
  }

  private static String text(Duration duration) {
    return duration.compareTo(Duration.ofMinutes(2)) < 0
        ? duration.toSeconds() + " s"
        : duration.compareTo(Duration.ofHours(3)) < 0
            ? duration.toMinutes() + " min"
            : duration.toHours() + " h";
  }

  private static void write(Standings standings, LeaderboardFolder folder) throws IOException {
    folder.write(new LeaderboardPage(standings).text(), LeaderboardJson.write(standings));
  }
}
