package org.retinaspark.job.measures.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.FaceDetail;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.ImageFaces;
import org.retinaspark.job.measures.dense.DenseErrors;
import org.retinaspark.job.measures.dense.DenseFace;
import org.retinaspark.job.measures.dense.DenseImage;
import org.retinaspark.job.measures.dense.DenseMetrics;
import org.retinaspark.job.measures.dense.DensePose;
import org.retinaspark.job.measures.dense.DenseTruth;
import org.retinaspark.job.measures.dense.PoseWay;

/**
 * Evaluates points and pose on a table of any size in one pass without a shuffle: labels are a few
 * thousand at most, so every task gets them all.
 */
public final class DenseEvaluation {

  private DenseEvaluation() {}

  /**
   * Evaluates.
   *
   * @param labels by the names of images, without folders and ending, with ordinals from 0
   */
  public static DenseMetrics evaluate(
      SparkSession spark, FaceTable table, Map<String, DenseTruth> labels) {
    Broadcast<Map<String, DenseTruth>> known =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(Map.copyOf(labels));
    return MeasureAggregator.measure(
            spark,
            table.faces(Set.of(FaceDetail.LANDMARKS68, FaceDetail.POSE)).map(new Labelling(known)),
            new DenseErrors(labels.size()))
        .result();
  }

  /** An image's faces beside its label. */
  private static final class Labelling implements Function<ImageFaces, DenseImage> {

    private static final long serialVersionUID = 1L;

    private final Broadcast<Map<String, DenseTruth>> labels;

    Labelling(Broadcast<Map<String, DenseTruth>> labels) {
      this.labels = labels;
    }

    @Override
    public DenseImage call(ImageFaces image) {
      DenseTruth truth = labels.value().get(name(image.image()));
      return new DenseImage(
          image.image(), truth, truth == null ? List.of() : faces(image.faces()), image.failed());
    }
  }

  /** The name of an image without folders and ending. */
  static String name(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    int ending = name.lastIndexOf('.');
    return ending < 0 ? name : name.substring(0, ending);
  }

  private static List<DenseFace> faces(FaceArrays faces) {
    List<DenseFace> all = new ArrayList<>();
    int numbers = 2 * faces.points();
    for (int face = 0; face < faces.count(); face++) {
      all.add(
          new DenseFace(
              doubles(faces.boxes(), face * FaceArrays.BOX, FaceArrays.BOX),
              doubles(faces.landmarks(), face * numbers, numbers),
              faces.landmarks68().isEmpty()
                  ? new double[0]
                  : doubles(faces.landmarks68().get(face)),
              faces.pose().isEmpty()
                  ? Optional.empty()
                  : Optional.ofNullable(faces.pose().get(face)).map(DenseEvaluation::pose)));
    }
    return all;
  }

  private static DensePose pose(FaceArrays.Pose pose) {
    String source = pose.source();
    return new DensePose(
        source == null ? PoseWay.OTHER : PoseWay.of(source), pose.yaw(), pose.pitch(), pose.roll());
  }

  private static double[] doubles(float[] numbers) {
    return doubles(numbers, 0, numbers.length);
  }

  private static double[] doubles(float[] numbers, int from, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = numbers[from + i];
    }
    return doubles;
  }
}
