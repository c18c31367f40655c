package org.retinaspark.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.retinaspark.io.samples.SampleCensus;
import org.retinaspark.udf.detect.AnchorLevel;

/**
 * What a training did, as lines of text.
 *
 * @param result what it did
 * @param levels the anchors of the model
 */
record TrainSummary(TrainResult result, List<AnchorLevel> levels) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    SampleRound first = result.first();
    lines.add(
        line(
            "%,d photos, %,d labelled, %,d of them failed; %,d labelled images have no photo",
            first.photos().images(), first.labelled(), first.failed(), result.pairing().missing()));
    new TreeMap<>(first.photos().failures())
        .forEach((reason, count) -> lines.add(line("  failed %s: %,d", reason, count)));
    lines.add(
        line(
            "%,d labelled faces: %,d ignored, %,d with landmarks, %,d with a mesh",
            result.labels().faces(),
            result.labels().ignored(),
            result.labels().landmarks(),
            result.labels().meshes()));
    result
        .labels()
        .faults()
        .forEach((fault, count) -> lines.add(line("  %,d %s", count, fault.text())));
    result.rounds().forEach(round -> lines.addAll(samples(round)));
    for (LossCurve curve : result.curves()) {
      lines.add(
          line(
              "round %d, %s: %.5f before, %.5f after %d steps",
              curve.round(),
              curve.term(),
              curve.before(),
              curve.after(),
              curve.values().size() - 1));
    }
    result.notes().forEach(note -> lines.add("note: " + note));
    lines.add(
        line(
            "fitted %s in %.1f s; model: %s",
            TrainedHead.told(result.heads()), result.seconds(), result.output()));
    return lines;
  }

  private List<String> samples(SampleRound round) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "round %d: %,d positives, %,d negatives%s",
            round.number(),
            round.census().positives(),
            round.census().negatives(),
            round.origin() == SampleRound.Origin.FOUND
                ? ", as they were at " + round.table()
                : ""));
    for (SampleCensus.Anchors anchors : round.census().anchors()) {
      lines.add(line("  %s: %,d and %,d", name(anchors), anchors.positives(), anchors.negatives()));
    }
    return lines;
  }

  /** What an anchor is called. */
  String name(SampleCensus.Anchors anchors) {
    AnchorLevel level = levels.get(anchors.level());
    return line(
        "stride %d, anchors of %.0f pixels", level.stride(), level.sizes().get(anchors.size()));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
