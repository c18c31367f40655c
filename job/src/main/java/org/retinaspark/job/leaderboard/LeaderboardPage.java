package org.retinaspark.job.leaderboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.retinaspark.job.page.Metric;
import org.retinaspark.udf.catalogue.PublishedAccuracy;

/**
 * A leaderboard as Markdown: a table a protocol, since figures of different protocols don't
 * compare. Of two runs with the same settings it differs in the column of images a second alone.
 */
final class LeaderboardPage {

  private static final String NONE = "–";

  /** The subsets and the split that published figures are of. */
  private static final List<String> OFFICIAL = List.of("easy", "medium", "hard");

  private final Standings standings;
  private final Benchmark benchmark;
  private final List<String> lines = new ArrayList<>();

  LeaderboardPage(Standings standings) {
    this.standings = standings;
    this.benchmark = standings.benchmark();
  }

  String text() {
    lines.clear();
    lines.add("# Leaderboard");
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "AP in percent on WIDER FACE's %s, %s, in the dialect `%s`. Figures compare within a"
                + " protocol only, so each has its own table, the best AP of the hardest subset"
                + " first.",
            code(benchmark.split()),
            photos(),
            benchmark.dialect()));
    standings.protocols().forEach(this::protocol);
    models();
    notes();
    return String.join("\n", lines) + "\n";
  }

  private String photos() {
    return benchmark.images() == benchmark.allImages()
        ? String.format(Locale.ROOT, "all %,d photos", benchmark.images())
        : String.format(
            Locale.ROOT, "%,d of its %,d photos", benchmark.images(), benchmark.allImages());
  }

  private void protocol(String protocol) {
    lines.add("");
    lines.add("## Protocol " + code(protocol));
    lines.add("");
    List<String> heads = new ArrayList<>(List.of("model"));
    benchmark.subsets().forEach(subset -> heads.add("AP " + subset));
    heads.addAll(List.of("published", "images/s", "faces", "bytes", "licence", "note"));
    row(heads);
    row(heads.stream().map(head -> "---").toList());
    standings.of(protocol).forEach(this::row);
  }

  private void row(Standings.Standing standing) {
    Entrant entrant = standing.cell().entrant();
    List<String> cells = new ArrayList<>(List.of(code(entrant.label())));
    List<String> end =
        List.of(String.format(Locale.ROOT, "%,d", entrant.bytes()), plain(entrant.licence()));
    String published = published(standing.cell()).map(PublishedAccuracy::figures).orElse(NONE);
    if (standing.outcome() instanceof Outcome.Measured measured) {
      measured.averagePrecision().forEach(precision -> cells.add(percent(precision)));
      cells.add(published);
      cells.add(
          measured.imagesPerSecond() > 0
              ? String.format(Locale.ROOT, "%.1f", measured.imagesPerSecond())
              : NONE);
      cells.add(String.format(Locale.ROOT, "%,d", measured.count("faces")));
      cells.addAll(end);
      long failed = measured.count("failed");
      cells.add(failed == 0 ? "" : String.format(Locale.ROOT, "%,d images failed", failed));
    } else {
      benchmark.subsets().forEach(subset -> cells.add(NONE));
      cells.addAll(List.of(published, NONE, NONE));
      cells.addAll(end);
      cells.add(
          standing.outcome() instanceof Outcome.Failed failed
              ? "no number: " + plain(failed.reason())
              : "not run yet");
    }
    row(cells);
  }

  /** What was published under the cell's protocol, where it is of what is measured here. */
  private Optional<PublishedAccuracy> published(Cell cell) {
    return cell.entrant()
        .published(cell.protocol())
        .filter(accuracy -> benchmark.split().equals("val"))
        .filter(accuracy -> benchmark.subsets().equals(OFFICIAL));
  }

  private void models() {
    lines.add("");
    lines.add("## Models");
    lines.add("");
    row(List.of("model", "what", "SHA-256 begins", "family", "source", "size"));
    row(List.of("---", "---", "---", "---", "---", "---"));
    for (Entrant entrant : standings.entrants()) {
      row(
          List.of(
              code(entrant.label()),
              plain(entrant.description()),
              code(entrant.sha256().substring(0, 8)),
              code(entrant.family()),
              entrant.known() == null ? "unknown" : plain(entrant.known().source()),
              entrant.opening() == null ? "any" : plain(entrant.opening())));
    }
  }

  private void notes() {
    lines.add("");
    lines.add("## Notes");
    lines.add("");
    note(
        "published: easy / medium / hard, as the weights' authors give it for the same protocol, on"
            + " all photos of the split"
            + (benchmark.images() == benchmark.allImages()
                ? ""
                : String.format(
                    Locale.ROOT,
                    "; those here are %,d of them, which has an AP of its own",
                    benchmark.images()))
            + ". Sources: "
            + sources());
    note("faces: all that were found, of any score above the threshold");
    standings.measured().findFirst().ifPresent(measured -> settings(measured.run()));
    note(
        "ground truth: "
            + benchmark.files().stream()
                .map(
                    file ->
                        "%s %s (%s)"
                            .formatted(
                                code(file.name()),
                                file.sha256().substring(0, 8),
                                file.recognised() ? "official" : "unknown"))
                .collect(Collectors.joining(", ")));
    standings
        .measured()
        .flatMap(measured -> measured.warnings().stream())
        .distinct()
        .forEach(warning -> note("warning: " + plain(warning)));
  }

  private String sources() {
    String sources =
        standings.all().stream()
            .map(Standings.Standing::cell)
            .flatMap(cell -> published(cell).stream())
            .map(PublishedAccuracy::source)
            .distinct()
            .sorted()
            .collect(Collectors.joining("; "));
    return sources.isEmpty() ? "none for these" : plain(sources);
  }

  private void settings(JsonNode run) {
    JsonNode options = run.path("options");
    note(
        "thresholds: score above %s, IoU of the suppression %s, %s candidates, %s faces an image"
            .formatted(
                options.path("score-threshold").asText(),
                options.path("nms-threshold").asText(),
                options.path("top-k").asText(),
                options.path("max-faces").asText()));
    note(
        "`--orientation %s`: the ground truth is in the frame of the stored pixels"
            .formatted(options.path("orientation").asText()));
    note(
        "images a second: reading, decoding and writing in, the start out; provider `%s`, %s cores,"
                .formatted(run.path("provider").asText(), run.at("/cluster/cores").asText())
            + " one cell after another, of which the first warms Java up");
  }

  private void note(String text) {
    lines.add("- " + text);
  }

  private void row(List<String> cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }

  private static String percent(Metric metric) {
    return Double.isNaN(metric.value())
        ? NONE
        : String.format(Locale.ROOT, "%.2f", 100 * metric.value());
  }

  /** Foreign text that stays text in a table. */
  private static String plain(String foreign) {
    return Objects.requireNonNullElse(foreign, "")
        .replaceAll("\\s+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("|", "\\|");
  }

  private static String code(String foreign) {
    return "`" + foreign.replaceAll("\\s+", " ").replace('`', '\'').replace("|", "\\|") + "`";
  }
}
