package org.retinaspark.job.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.detections.DetectionFolder;
import org.retinaspark.io.detections.DetectionRecord;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.wider.BoxType;
import org.retinaspark.io.wider.GroundTruth;
import org.retinaspark.io.wider.GroundTruthImage;
import org.retinaspark.io.wider.GroundTruthReader;
import org.retinaspark.io.wider.ImageList;
import org.retinaspark.job.Build;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.TableOrigin;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.measures.DetectionFault;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.OfficialMatching;
import org.retinaspark.job.measures.spark.DistributedEvaluation;
import org.retinaspark.job.measures.spark.EvaluationResult;
import org.retinaspark.job.measures.spark.TruthCodec;
import scala.Tuple2;

/** Computes the WIDER FACE benchmark, and more, on detections that are already made. */
public final class EvaluateAction {

  /** A task of so many images' faces stays well below the megabyte at which Spark warns. */
  private static final int IMAGES_A_TASK = 500;

  private final SparkSession spark;
  private final EvaluateConfig config;
  private final List<String> warnings = new ArrayList<>();

  /** An evaluation to be run. */
  public EvaluateAction(SparkSession spark, EvaluateConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /**
   * Runs it.
   *
   * @throws IOException if a file can't be read
   * @throws UsageException if there are no detections at the URI
   * @throws GroundTruthException if the ground truth is missing or broken
   * @throws org.retinaspark.io.UnusableLocationException if the detections aren't readable
   * @throws org.retinaspark.job.measures.EvaluationException if they can't be evaluated
   */
  public Evaluation execute() throws IOException {
    requireDetections();
    GroundTruth truth = truth();
    GroundTruthSlices slices = new GroundTruthSlices(truth);
    EvaluationResult result =
        evaluation(truth, slices).evaluate(faces(truth, slices), detections(truth));
    JsonNode run = run();
    explain(result, truth);
    return new Evaluation(
        config, run, truth.files(), warnings, Build.versions(spark), result, Metrics.of(result));
  }

  /**
   * The ground truth of the images that are evaluated.
   *
   * @throws IOException if a file can't be read
   * @throws UsageException if the list of images isn't there
   * @throws GroundTruthException if the ground truth is missing or broken
   */
  public GroundTruth truth() throws IOException {
    return restrict(new GroundTruthReader(config.groundTruth(), config.split(), hadoop()).read());
  }

  private void requireDetections() throws IOException {
    if (!DetectionFolder.exists(config.detections(), hadoop())) {
      throw new UsageException(
          "there is nothing at --detections %s, so nothing was evaluated; name the table that 'detect' wrote, or a folder of detection files"
              .formatted(config.detections()));
    }
  }

  private GroundTruth restrict(GroundTruth truth) throws IOException {
    String list = config.images();
    if (list == null) {
      return truth;
    }
    String file = new FileLookup(spark.sparkContext()).find("--images", list);
    Set<String> wanted = new LinkedHashSet<>();
    ImageKeys keys = new ImageKeys(truth);
    ImageList.read(file, hadoop()).forEach(key -> wanted.add(keys.matching(key)));
    List<GroundTruthImage> images =
        truth.images().stream().filter(image -> wanted.contains(image.image())).toList();
    if (images.isEmpty()) {
      throw new GroundTruthException(
          "none of the %d images that %s lists is in the ground truth of split \"%s\"; it should name them as <event>/<image>.jpg"
              .formatted(wanted.size(), list, config.split()));
    }
    if (images.size() < wanted.size()) {
      warnings.add(
          "%d of the %d images that %s lists aren't in the ground truth"
              .formatted(wanted.size() - images.size(), wanted.size(), list));
    }
    return new GroundTruth(
        truth.split(), truth.subsets(), truth.boxType(), images, truth.files(), truth.warnings());
  }

  private DistributedEvaluation evaluation(GroundTruth truth, GroundTruthSlices slices) {
    return new DistributedEvaluation(
        spark,
        slices.breakdown(),
        config.dialect(),
        matching(truth, config.dialect()),
        config.badInput(),
        config.optional());
  }

  /** By whose numbers detections find faces: those of an integer ground truth in MATLAB's rules. */
  static OfficialMatching matching(GroundTruth truth, Dialect dialect) {
    return dialect == Dialect.MATLAB && truth.boxType() == BoxType.INT32
        ? OfficialMatching.INT32
        : OfficialMatching.DOUBLE;
  }

  private Dataset<Tuple2<String, byte[]>> faces(GroundTruth truth, GroundTruthSlices slices) {
    List<Tuple2<String, byte[]>> rows = new ArrayList<>();
    for (GroundTruthImage image : truth.images()) {
      rows.add(new Tuple2<>(image.image(), TruthCodec.encode(slices.truth(rows.size(), image))));
    }
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataset(
        context.parallelize(rows, 1 + rows.size() / IMAGES_A_TASK).rdd(),
        Encoders.tuple(Encoders.STRING(), Encoders.BINARY()));
  }

  private Dataset<Tuple2<String, byte[]>> detections(GroundTruth truth) throws IOException {
    Dataset<Tuple2<String, byte[]>> all =
        allDetections(truth)
            .map(new ImageKeys(truth), Encoders.tuple(Encoders.STRING(), Encoders.BINARY()));
    if (config.images() == null) {
      return all;
    }
    return all.filter(
        new Listed(
            truth.images().stream().map(GroundTruthImage::image).collect(Collectors.toSet())));
  }

  private Dataset<Tuple2<String, byte[]>> allDetections(GroundTruth truth) throws IOException {
    if (config.format() == DetectionFormat.WIDERFACE) {
      return new DetectionFolder(spark, config.detections()).records(config.text());
    }
    boolean landmarks = truth.images().stream().anyMatch(image -> image.landmarks().length > 0);
    String uri = config.detections();
    FaceTable table =
        FaceTable.of(TableLocation.of(uri, hadoop()).read(spark), uri).split(config.split());
    return DetectionRecord.dataset(spark, landmarks ? table.faces() : table.boxes());
  }

  private JsonNode run() {
    if (config.format() != DetectionFormat.TABLE) {
      return MissingNode.getInstance();
    }
    TableOrigin origin = TableOrigin.of(TableLocation.of(config.detections(), hadoop()));
    var unused = origin.option("protocol");
    warnings.addAll(origin.warnings());
    return origin.manifest();
  }

  private void explain(EvaluationResult result, GroundTruth truth) {
    warnings.addAll(truth.warnings());
    for (Map.Entry<DetectionFault, Long> fault : result.census().faults().entrySet()) {
      warnings.add(
          "%s: %,d, such as %s"
              .formatted(
                  fault.getKey().label(),
                  fault.getValue(),
                  String.join(", ", result.census().examples(fault.getKey()))));
    }
    var range = result.census().range();
    if (range.count() > 0 && range.min() == range.max()) {
      warnings.add(
          "all scores are %s: the official normalisation divides by zero, no detection reaches a threshold and the AP is 0"
              .formatted(range.min()));
    }
    if (range.count() == 0) {
      warnings.add("there are no detections at all: every AP is 0");
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private static final class Listed implements FilterFunction<Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    private final Set<String> images;

    Listed(Set<String> images) {
      this.images = images;
    }

    @Override
    public boolean call(Tuple2<String, byte[]> record) {
      return images.contains(record._1());
    }
  }
}
