package org.retinaspark.job.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.labels.LabelPairing;
import org.retinaspark.job.train.fit.FitResult;
import org.retinaspark.job.train.loss.LossChange;
import org.retinaspark.udf.heads.FittedHeads;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.heads.LinearHead;

/**
 * Looks and fits in turn: each fit of the class head finds the negatives that are hardest for it,
 * and the next is fitted to these too.
 *
 * @param looks at the photos
 * @param guard judges what the first one sees
 * @param fits of the heads
 * @param count of fits
 */
record TrainRounds(PhotoLooks looks, PhotoGuard guard, RoundFits fits, int count) {

  /**
   * What came of it.
   *
   * @param pairing which photos have labels
   * @param losses of the paper, on the samples of the last fit
   */
  record Outcome(
      FittedHeads heads,
      LabelPairing pairing,
      List<SampleRound> rounds,
      List<LossCurve> curves,
      LossChange losses,
      List<String> notes) {}

  /**
   * Does all rounds.
   *
   * @param first finds the first hard negatives; by chance without
   * @throws UnusablePhotosException if nothing may or can be learnt
   * @throws IOException if samples can't be stored
   */
  Outcome run(@Nullable LinearHead first) throws IOException {
    List<SampleRound> rounds = new ArrayList<>();
    List<LossCurve> curves = new ArrayList<>();
    SampleRound round = looks.look(0, first);
    LabelPairing pairing = guard.require(round);
    rounds.add(round);
    while (rounds.size() < count) {
      FitResult fit = fits.miner(rounds);
      curves.addAll(RoundFits.curves(rounds.size() - 1, fit));
      rounds.add(looks.look(rounds.size(), fit.heads().heads().get(HeadTask.CLASS)));
    }
    RoundFits.Last last = fits.all(rounds);
    FitResult fit = last.fit();
    curves.addAll(RoundFits.curves(rounds.size() - 1, fit));
    return new Outcome(fit.heads(), pairing, rounds, curves, last.losses(), fit.notes());
  }
}
