package org.retinaspark.job.eval;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Everything that is counted in one pass over the images: precision-recall counts, landmark errors
 * and the distribution of scores. Update, merge, result; some megabytes whatever the number of
 * images.
 */
public final class Tally implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Rules rules;
  private final transient PrecisionRecallCounts counts;
  private final transient LandmarkErrors landmarks;
  private final transient LongTable scores;

  /** A tally of nothing. */
  public Tally(Rules rules) {
    this(
        rules,
        new PrecisionRecallCounts(rules.layout()),
        new LandmarkErrors(),
        new LongTable(1, Normalisation.THRESHOLDS + 1));
  }

  private Tally(
      Rules rules, PrecisionRecallCounts counts, LandmarkErrors landmarks, LongTable scores) {
    this.rules = rules;
    this.counts = counts;
    this.landmarks = landmarks;
    this.scores = scores;
  }

  /** Counts one image. */
  public void update(Truth truth, Detections detections) {
    counts.update(truth, detections, rules.normalisation(), rules.arithmetic());
    landmarks.update(truth, detections);
    for (double score : detections.scores()) {
      scores.add(0, rules.normalisation().bin(score), 1);
    }
  }

  /** Adds the counts of other images. */
  public void merge(Tally other) {
    counts.merge(other.counts);
    landmarks.merge(other.landmarks);
    scores.merge(other.scores);
  }

  /** The precision-recall curves. */
  public List<Curve> curves() {
    return counts.result();
  }

  /** The landmark metrics, empty without annotated landmarks. */
  public List<LandmarkMetrics> landmarks() {
    return landmarks.result();
  }

  /**
   * {@code [1001]}: detections by the first threshold that they reach, and those that reach none.
   */
  public long[] scores() {
    return scores.row(0);
  }

  private Object writeReplace() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      counts.write(out);
      landmarks.write(out);
      scores.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Form(rules, bytes.toByteArray());
  }

  private record Form(Rules rules, byte[] counts) implements Serializable {

    private Object readResolve() {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(counts))) {
        PrecisionRecallCounts read = PrecisionRecallCounts.read(rules.layout(), in);
        LandmarkErrors landmarks = LandmarkErrors.read(in);
        return new Tally(rules, read, landmarks, LongTable.read(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
