package org.retinaspark.job.train;

import java.util.Locale;
import java.util.stream.Collectors;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.labels.LabelBoxes;
import org.retinaspark.io.labels.LabelPairing;

/**
 * Judges the photos before anything is learnt from them.
 *
 * @param labels of them
 * @param maximumFailureRate share of labelled photos that may fail
 */
record PhotoGuard(LabelBoxes labels, double maximumFailureRate) {

  private static final int EXAMPLES = 3;

  /**
   * Checks them.
   *
   * @return which photos have labels
   * @throws UnusablePhotosException if some are held out, too many failed, or photos and labels
   *     don't go together
   */
  LabelPairing require(SampleRound round) {
    if (round.heldOut() > 0) {
      throw new UnusablePhotosException(
          ("%,d photos are held out for an evaluation, by their SHA-256 (%s%s): nothing was fitted,"
                  + " since who is fitted on them can't be measured on them. Take them out of the"
                  + " input or the labels, and begin with another folder of samples than '%s'")
              .formatted(
                  round.heldOut(),
                  examples(round),
                  round.heldOut() > EXAMPLES ? ", ..." : "",
                  parent(round)));
    }
    LabelPairing pairing = pairing(round);
    if (round.failed() > maximumFailureRate * round.labelled()) {
      throw new UnusablePhotosException(
          String.format(
              Locale.ROOT,
              "%,d of %,d labelled photos failed %s, %.2f%%, more than the %.2f%% of"
                  + " --max-failure-rate: nothing was fitted. Mend them, or allow more; column"
                  + " 'error' of '%s' says why each failed",
              round.failed(),
              round.labelled(),
              round.photos().failures(),
              100.0 * round.failed() / round.labelled(),
              100 * maximumFailureRate,
              round.table()));
    }
    if (round.census().positives() == 0) {
      throw new UnusablePhotosException(
          ("no anchor in %,d labelled photos matches a labelled face: nothing was fitted. Check"
                  + " that the labels are of these photos, in pixels of their frames, and give more"
                  + " --scales")
              .formatted(round.labelled()));
    }
    return pairing;
  }

  private LabelPairing pairing(SampleRound round) {
    try {
      return LabelPairing.of(
          round.rows().select(ColumnNames.IMAGE).toJavaRDD().map(row -> row.getString(0)), labels);
    } catch (GroundTruthException apart) {
      throw new UnusablePhotosException(String.valueOf(apart.getMessage()));
    }
  }

  private static String examples(SampleRound round) {
    return FaceTable.of(round.rows(), round.table())
        .failed(SampleRound.HELD_OUT)
        .select(ColumnNames.IMAGE)
        .orderBy(ColumnNames.IMAGE)
        .limit(EXAMPLES)
        .collectAsList()
        .stream()
        .map(row -> "'" + row.getString(0) + "'")
        .collect(Collectors.joining(", "));
  }

  private static String parent(SampleRound round) {
    return round.table().substring(0, round.table().lastIndexOf('/'));
  }
}
