package org.retinaspark.job.train;

import java.util.List;
import java.util.Set;
import org.retinaspark.io.labels.LabelCounts;
import org.retinaspark.io.labels.LabelPairing;
import org.retinaspark.job.train.loss.LossChange;

/**
 * What a training did.
 *
 * @param output where the fitted model is
 * @param sha256 of its file
 * @param heads that were fitted
 * @param labels that there were
 * @param pairing which photos have labels
 * @param rounds the samples of each
 * @param curves of the losses
 * @param losses of the paper, on the samples of the last fit
 * @param notes what people should know of single anchors
 * @param seconds from the first photo to the file
 */
record TrainResult(
    String output,
    String sha256,
    Set<TrainedHead> heads,
    LabelCounts labels,
    LabelPairing pairing,
    List<SampleRound> rounds,
    List<LossCurve> curves,
    LossChange losses,
    List<String> notes,
    double seconds) {

  /** Keeps unmodifiable lists. */
  TrainResult {
    rounds = List.copyOf(rounds);
    curves = List.copyOf(curves);
    notes = List.copyOf(notes);
  }

  /** The look at the photos that found the positives. */
  SampleRound first() {
    return rounds.get(0);
  }
}
