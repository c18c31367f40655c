package org.retinaspark.job.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.detect.DetectConfig;
import org.retinaspark.job.page.Metric;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.catalogue.PublishedAccuracy;

/** What stands beside what. */
class LeaderboardPageTest {

  private static final List<String> SUBSETS = List.of("easy", "medium", "hard");

  @Test
  void aPublishedFigureStandsUnderItsOwnProtocolAlone() throws IOException {
    Entrant entrant =
        entrant("a", new PublishedAccuracy("original", 90.7, 88.16, 73.82, "its authors"));
    Standings standings =
        standings(
            "val",
            new Standings.Standing(cell(entrant, "original"), measured(0.9, 0.8, 0.7)),
            new Standings.Standing(cell(entrant, "vga"), measured(0.8, 0.7, 0.5)));

    String page = new LeaderboardPage(standings).text();

    assertThat(page)
        .contains("| `a` | 90.00 | 80.00 | 70.00 | 90.70 / 88.16 / 73.82 | 12.5 | 1,234 |")
        .contains("| `a` | 80.00 | 70.00 | 50.00 | – | 12.5 | 1,234 |")
        .contains("404 of its 3,226 photos")
        .contains("those here are 404 of them", "Sources: its authors");
    assertThat(page.indexOf("80.00 | 70.00 | 50.00"))
        .isGreaterThan(page.indexOf("## Protocol `vga`"))
        .isGreaterThan(page.indexOf("90.00 | 80.00 | 70.00"));
    assertThat(new String(LeaderboardJson.write(standings), StandardCharsets.UTF_8))
        .contains("\"hard\" : 0.7", "\"protocol\" : \"original\"", "\"source\" : \"its authors\"");
  }

  @Test
  void ofAnotherSplitNothingIsPublished() {
    Entrant entrant =
        entrant("a", new PublishedAccuracy("original", 90.7, 88.16, 73.82, "its authors"));

    assertThat(
            new LeaderboardPage(
                    standings(
                        "mine",
                        new Standings.Standing(cell(entrant, "original"), measured(0.9, 0.8, 0.7))))
                .text())
        .doesNotContain("90.70");
  }

  @Test
  void theBestOfTheHardestSubsetIsFirstAndThoseWithoutNumbersLast() {
    Outcome failed = new Outcome.Failed("it | can't\nbe <run>", ExitStatus.USAGE);
    Standings standings =
        standings(
            "val",
            new Standings.Standing(cell(entrant("broken"), "vga"), failed),
            new Standings.Standing(cell(entrant("worse"), "vga"), measured(0.9, 0.9, 0.4)),
            new Standings.Standing(cell(entrant("better"), "vga"), measured(0.8, 0.7, 0.5)),
            new Standings.Standing(cell(entrant("later"), "vga"), new Outcome.Pending()));

    assertThat(new LeaderboardPage(standings).text())
        .containsSubsequence("| `better`", "| `worse`", "| `broken`", "| `later`")
        .contains("no number: it \\| can't be &lt;run> |")
        .contains("not run yet");
    assertThat(LeaderboardResult.of(standings, "page").status()).isEqualTo(ExitStatus.USAGE);
  }

  private static Entrant entrant(String label, PublishedAccuracy... accuracy) {
    KnownModel known =
        new KnownModel(
            label, "0", "a model", "MIT", KnownModel.Use.ANY, "somebody", List.of(accuracy));
    return new Entrant(
        label, "folder", "/m.onnx", "0123456789abcdef", 1_729_792, "pytorch", known, null);
  }

  private static Cell cell(Entrant entrant, String protocol) {
    DetectConfig detect =
        DetectConfig.of("--input", "in", "--output", "out", "--model", "m", "--protocol", protocol);
    return new Cell(entrant, protocol, detect, "/out/tables/folder/" + protocol);
  }

  private static Outcome measured(double... values) {
    List<Metric> precision =
        IntStream.range(0, values.length)
            .mapToObj(at -> new Metric(SUBSETS.get(at), "all", "all", "ap", values[at], 10))
            .toList();
    try {
      return new Outcome.Measured(
          precision,
          404,
          new ObjectMapper()
              .readTree(
                  "{\"imagesPerSecond\": 12.5, \"seconds\": 3, \"counts\": {\"faces\": 1234}}"),
          List.of());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Standings standings(String split, Standings.Standing... all) {
    return new Standings(
        new Benchmark(split, "matlab-double", SUBSETS, 404, 3226, List.of()),
        List.of(all).stream().map(standing -> standing.cell().entrant()).distinct().toList(),
        List.of(all));
  }
}
