package org.retinaspark.job.measures.dense;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.retinaspark.job.measures.Measure;

/**
 * How far the faces of a table lie from the labels of AFLW2000-3D, each by the label's yaw:
 *
 * <ul>
 *   <li>{@code nme_68}: the normalised mean error of the 68 points, the mean distance in the
 *       image's plane over the square root of the area of the box of the label's 68 points
 *   <li>{@code nme_68_inter_ocular}: the same over the distance of the label's outer corners of the
 *       eyes in the image's plane, as on 300-W
 *   <li>{@code nme_5}: as {@code nme_68}, of five points, those of the label being derived from its
 *       68
 *   <li>{@code yaw_mae_WAY}, {@code pitch_mae_WAY}, {@code roll_mae_WAY}: the mean absolute error
 *       of an angle in degrees, the shorter way round, for each {@link PoseWay}
 *   <li>{@code missed}: the share of labels for which no face was found
 * </ul>
 *
 * <p>A face counts for what its row has; all but {@code missed} are of found faces only.
 */
public final class DenseErrors implements Measure<DenseImage, DenseMetrics, DenseErrors> {

  private static final long serialVersionUID = 1L;

  /** The error of the 68 points. */
  public static final String POINTS68 = "nme_68";

  /** The same over the distance of the eyes. */
  public static final String POINTS68_BY_EYES = "nme_68_inter_ocular";

  /** The error of the five points. */
  public static final String POINTS5 = "nme_5";

  /** The share that wasn't found. */
  public static final String MISSED = "missed";

  /** The angles, as names of errors begin. */
  public static final List<String> ANGLES = List.of("yaw", "pitch", "roll");

  private static final int EXAMPLES = 3;
  private static final double TURN = 360;

  private final int[] rows;
  private final TreeMap<String, ErrorSums> errors = new TreeMap<>();
  private final TreeMap<String, ErrorDistribution> distributions = new TreeMap<>();
  private final TreeSet<String> examples = new TreeSet<>();
  private long unlabelled;
  private long failed;

  /** Of nothing yet, for a number of labels. */
  public DenseErrors(int labels) {
    rows = new int[labels];
  }

  /** The name of an angle's error. */
  public static String name(String angle, PoseWay way) {
    return angle + "_mae_" + way.label();
  }

  @Override
  public DenseErrors empty() {
    return new DenseErrors(rows.length);
  }

  @Override
  public void update(DenseImage image) {
    DenseTruth truth = image.truth();
    if (truth == null) {
      unlabelled++;
      addExample(image.image());
      return;
    }
    rows[truth.ordinal()]++;
    failed += image.failed() ? 1 : 0;
    add(MISSED, truth, image.found().isPresent() ? 0 : 1);
    image.found().ifPresent(face -> measure(truth, face));
  }

  private void measure(DenseTruth truth, DenseFace face) {
    double distance = distance(face.points(), truth.points());
    addDistributed(POINTS68, truth, distance / truth.size());
    addDistributed(POINTS68_BY_EYES, truth, distance / truth.interOcular());
    add(POINTS5, truth, distance(face.five(), truth.five()) / truth.size());
    face.pose()
        .filter(pose -> truth.posed() && pose.isFinite())
        .ifPresent(
            pose -> {
              add(name(ANGLES.get(0), pose.way()), truth, angle(pose.yaw(), truth.yaw()));
              add(name(ANGLES.get(1), pose.way()), truth, angle(pose.pitch(), truth.pitch()));
              add(name(ANGLES.get(2), pose.way()), truth, angle(pose.roll(), truth.roll()));
            });
  }

  private void addDistributed(String name, DenseTruth truth, double error) {
    add(name, truth, error);
    distributions.computeIfAbsent(name, unused -> new ErrorDistribution()).add(error);
  }

  private void add(String name, DenseTruth truth, double error) {
    errors.computeIfAbsent(name, unused -> new ErrorSums()).add(truth.bin(), error);
  }

  /** The mean distance of points; NaN if their number differs. */
  private static double distance(double[] found, double[] labelled) {
    if (found.length != labelled.length) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = 0; i < found.length; i += 2) {
      sum += Math.hypot(found[i] - labelled[i], found[i + 1] - labelled[i + 1]);
    }
    return sum / (found.length / 2.0);
  }

  private static double angle(double found, double labelled) {
    return Math.abs(Math.IEEEremainder(found - labelled, TURN));
  }

  private void addExample(String image) {
    examples.add(image);
    if (examples.size() > EXAMPLES) {
      examples.pollLast();
    }
  }

  @Override
  public void merge(DenseErrors other) {
    Arrays.setAll(rows, label -> rows[label] + other.rows[label]);
    other.errors.forEach(
        (name, sums) -> errors.computeIfAbsent(name, unused -> new ErrorSums()).merge(sums));
    other.distributions.forEach(
        (name, those) ->
            distributions.computeIfAbsent(name, unused -> new ErrorDistribution()).merge(those));
    other.examples.forEach(this::addExample);
    unlabelled += other.unlabelled;
    failed += other.failed;
  }

  @Override
  public DenseMetrics result() {
    return new DenseMetrics(
        Arrays.stream(rows).boxed().toList(),
        unlabelled,
        List.copyOf(examples),
        failed,
        errors,
        distributions);
  }
}
