package org.retinaspark.job.leaderboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.retinaspark.job.page.Metric;

/** What became of a cell. */
sealed interface Outcome {

  /** Its turn has not come. */
  record Pending() implements Outcome {}

  /**
   * It has no number.
   *
   * @param reason for people, with a remedy
   * @param status the exit status that it calls for
   */
  record Failed(String reason, int status) implements Outcome {}

  /**
   * It was measured.
   *
   * @param averagePrecision of each subset of the ground truth, easiest first
   * @param imagesNow that were searched for it now; none where its table was whole before
   * @param run the {@code _run.json} of its table
   * @param warnings what a reader of the numbers must know
   */
  record Measured(
      List<Metric> averagePrecision, long imagesNow, JsonNode run, List<String> warnings)
      implements Outcome {

    public Measured {
      averagePrecision = List.copyOf(averagePrecision);
      warnings = List.copyOf(warnings);
    }

    long count(String what) {
      return run.at("/counts/" + what).asLong();
    }

    /** Of the process that published the table. */
    double imagesPerSecond() {
      return run.path("imagesPerSecond").asDouble();
    }

    double seconds() {
      return run.path("seconds").asDouble();
    }

    /** The AP of the last, hardest subset. */
    double hardest() {
      return averagePrecision.get(averagePrecision.size() - 1).value();
    }
  }
}
