package org.retinaspark.job.progress;

import java.util.Locale;
import java.util.Map;
import org.retinaspark.udf.pipeline.time.Stage;

/**
 * Where the time of a run's tasks went, in words.
 *
 * @param seconds by the label of each stage, all tasks together
 */
public record TimeShares(Map<String, Double> seconds) {

  /** One sentence for the log: the shares of the task threads, and what holds the run up. */
  @Override
  public String toString() {
    double network = of(Stage.NETWORK);
    double waited = of(Stage.DECODE_WAIT);
    double post = of(Stage.POST);
    double write = of(Stage.WRITE);
    double all = Math.max(1e-9, network + waited + post + write);
    return String.format(
        Locale.ROOT,
        "task time: network %.0f%%, waiting for decoded images %.0f%%, faces %.0f%%, writing"
            + " %.0f%%; %s",
        100 * network / all,
        100 * waited / all,
        100 * post / all,
        100 * write / all,
        bottleneck(network, waited, write));
  }

  private String bottleneck(double network, double waited, double write) {
    if (write > network && write > waited) {
      return "writing holds the run up";
    }
    if (network >= waited) {
      return of(Stage.QUEUE) > 2 * of(Stage.INFER)
          ? "the network holds the run up, inputs queue for it"
          : "the network holds the run up";
    }
    return of(Stage.READ_WAIT) > of(Stage.DECODE)
        ? "reading holds the run up: more --readers or --read-ahead may help"
        : "decoding holds the run up: more task cores, or TurboJPEG, may help";
  }

  private double of(Stage stage) {
    return seconds.getOrDefault(stage.label(), 0.0);
  }
}
