package org.retinaspark.job.evaluate;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.io.detections.DetectionText.BoxForm;
import org.retinaspark.io.detections.DetectionText.LineRule;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.io.wider.GroundTruth;
import org.retinaspark.io.wider.GroundTruthImage;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Breakdown;
import org.retinaspark.job.measures.Census;
import org.retinaspark.job.measures.DetectionFault;
import org.retinaspark.job.measures.Detections;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.OfficialMatching;
import org.retinaspark.job.measures.PairedImage;
import org.retinaspark.job.measures.PrecisionRecall;
import org.retinaspark.job.measures.PrecisionRecallCurve;
import org.retinaspark.job.measures.Truth;
import org.retinaspark.job.measures.spark.TruthCodec;

/**
 * The WIDER FACE benchmark on detections that are in memory, for a query's aggregate: as {@link
 * EvaluateAction} computes it, but in one place. Travels to executors.
 */
public final class BenchmarkOfRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String SPLIT = "split";
  private static final String IMAGES = "images";
  private static final String DIALECT = "dialect";
  private static final String BAD_INPUT = "bad-input";

  private final Broadcast<Map<String, byte[]>> truths;
  private final ImageKeys keys;
  private final Breakdown breakdown;
  private final Dialect dialect;
  private final OfficialMatching matching;
  private final BadInput badInput;

  private BenchmarkOfRows(SparkSession spark, GroundTruth truth, EvaluateConfig config) {
    GroundTruthSlices slices = new GroundTruthSlices(truth);
    Map<String, byte[]> faces = new HashMap<>();
    for (GroundTruthImage image : truth.images()) {
      faces.put(image.image(), TruthCodec.encode(slices.truth(faces.size(), image)));
    }
    this.truths = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(faces);
    this.keys = new ImageKeys(truth);
    this.breakdown = slices.breakdown();
    this.dialect = config.dialect();
    this.matching = EvaluateAction.matching(truth, config.dialect());
    this.badInput = config.badInput();
  }

  /**
   * Reads the ground truth.
   *
   * @param folder of the official files
   * @param options of the command {@code evaluate}: split, images, dialect, bad-input
   * @throws UsageException if one is unknown, or has a wrong value
   * @throws org.retinaspark.io.GroundTruthException if the ground truth is missing or broken
   */
  public static BenchmarkOfRows of(SparkSession spark, String folder, Map<String, String> options) {
    Set<String> known = Set.of(SPLIT, IMAGES, DIALECT, BAD_INPUT);
    for (String name : options.keySet()) {
      if (!known.contains(name)) {
        throw new UsageException(
            "'%s' is no option of wider_face_ap: nothing was read. There are %s"
                .formatted(name, String.join(", ", new TreeSet<>(known))));
      }
    }
    EvaluateConfig config =
        new EvaluateConfig(
            "rows",
            DetectionFormat.TABLE,
            new DetectionText(DetectionLayout.AUTO, BoxForm.XYWH, LineRule.ANNOUNCED),
            folder,
            options.getOrDefault(SPLIT, "val"),
            options.get(IMAGES),
            Choice.of(Dialect.class, DIALECT, options.getOrDefault(DIALECT, "matlab-double")),
            Choice.of(BadInput.class, BAD_INPUT, options.getOrDefault(BAD_INPUT, "fail")),
            Set.of());
    try {
      return new BenchmarkOfRows(spark, new EvaluateAction(spark, config).truth(), config);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The names of the subsets that there is a number for, such as easy, medium and hard. */
  public List<String> subsets() {
    return breakdown.subsets();
  }

  /** The key that an image has in the ground truth, of the way in which somebody wrote it. */
  public String key(String written) {
    return keys.matching(written);
  }

  /**
   * The average precision by subset, from 0 to 1.
   *
   * @param found each image's detections, all that a row of it had; more than one row is a fault
   * @throws org.retinaspark.job.measures.EvaluationException if they can't be evaluated
   */
  public Map<String, Double> averagePrecision(Map<String, List<Detections>> found) {
    Map<String, PairedImage> images = new TreeMap<>();
    truths
        .value()
        .forEach(
            (image, truth) ->
                images.put(image, paired(image, TruthCodec.decode(truth), found.get(image))));
    Census census = new Census();
    images.values().forEach(census::update);
    census.requireSound(badInput, dialect);
    PrecisionRecall counts =
        new PrecisionRecall(breakdown, census.range().normalisation(dialect), matching);
    images.values().forEach(counts::update);
    Map<String, Double> precision = new LinkedHashMap<>();
    for (PrecisionRecallCurve curve : counts.result()) {
      if (curve.slice().equals(FaceSlice.ALL)) {
        precision.put(curve.subset(), curve.averagePrecision());
      }
    }
    return precision;
  }

  private static PairedImage paired(String image, Truth truth, @Nullable List<Detections> rows) {
    if (rows == null) {
      return new PairedImage(
          image, truth, Detections.NONE, EnumSet.of(DetectionFault.MISSING_IMAGE));
    }
    return new PairedImage(
        image,
        truth,
        rows.get(0),
        rows.size() > 1
            ? EnumSet.of(DetectionFault.DUPLICATE_IMAGE)
            : EnumSet.noneOf(DetectionFault.class));
  }
}
