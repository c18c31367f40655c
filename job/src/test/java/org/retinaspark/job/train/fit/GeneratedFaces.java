package org.retinaspark.job.train.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.labels.LabelledFace;
import org.retinaspark.io.labels.LabelledImage;
import org.retinaspark.io.samples.ImageSamples;
import org.retinaspark.io.samples.Sample;
import org.retinaspark.io.samples.SampleColumns;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.io.samples.SampleTable;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.Mirror;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.detect.family.BoxDeltas;

/**
 * Made-up images whose labels are exactly linear in the features of their samples: a positive a
 * face, and a negative beside it, whose first feature is smaller.
 */
final class GeneratedFaces {

  static final BoxCoder CODER = new BoxCoder(0.1f, 0.2f, 0.1f, 0);
  static final MeshTopology MESH = MeshTopology.MESH68;

  private final Random random;
  private final SampleShape shape;
  private final MeshTopology mesh;
  private final double[][][] truth;
  final List<ImageSamples> samples = new ArrayList<>();
  final List<LabelledImage> labels = new ArrayList<>();

  GeneratedFaces(long seed, SampleShape shape, MeshTopology mesh) {
    this.random = new Random(seed);
    this.shape = shape;
    this.mesh = mesh;
    int values = 4 + LabelledFace.LANDMARKS + MeshTopology.AXES * mesh.vertices();
    truth = new double[shape.anchors()][values][shape.channels() + 1];
    for (double[][] anchor : truth) {
      for (double[] weights : anchor) {
        for (int i = 0; i < weights.length; i++) {
          weights[i] = random.nextGaussian() / 2;
        }
      }
    }
  }

  /** Adds images. */
  GeneratedFaces add(int images, int faces) {
    for (int image = 0; image < images; image++) {
      String key = "event/%d.jpg".formatted(samples.size());
      List<Sample> its = new ArrayList<>();
      List<LabelledFace> labelled = new ArrayList<>();
      for (int face = 0; face < faces; face++) {
        int level = random.nextInt(shape.sizes().size());
        int size = random.nextInt(shape.sizes().get(level));
        boolean mirrored = random.nextInt(3) == 0 && !mesh.mirror().isEmpty();
        float[] features = features(1);
        Anchor at = new Anchor(random.nextInt(500), random.nextInt(500), 8 + random.nextInt(90));
        its.add(sample(level, size, mirrored, at, face, features));
        its.add(sample(level, size, mirrored, at, Sample.NO_FACE, features(-1)));
        labelled.add(label(at, mirrored, told(shape.anchor(level, size), features)));
      }
      samples.add(new ImageSamples(key, its));
      labels.add(new LabelledImage(key, labelled));
    }
    return this;
  }

  private float[] features(int sign) {
    float[] features = new float[shape.channels()];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    features[0] += 1.5f * sign;
    return features;
  }

  private static Sample sample(
      int level, int size, boolean mirrored, Anchor at, int face, float[] features) {
    return new Sample(
        0, level, size, mirrored, at.x(), at.y(), at.width(), at.height(), face, 0.5f, 1, features);
  }

  /** What heads should tell: deltas of box, landmarks and mesh, one behind the other. */
  double[] told(int anchor, float[] features) {
    double[] told = new double[truth[anchor].length];
    for (int value = 0; value < told.length; value++) {
      double[] weights = truth[anchor][value];
      told[value] = weights[features.length];
      for (int i = 0; i < features.length; i++) {
        told[value] += weights[i] * features[i];
      }
    }
    return told;
  }

  private LabelledFace label(Anchor at, boolean mirrored, double[] told) {
    int sign = mirrored ? -1 : 1;
    BoxDeltas deltas =
        new BoxDeltas((float) (sign * told[0]), (float) told[1], (float) told[2], (float) told[3]);
    Box box = CODER.decode(at, deltas);
    float[] landmarks = new float[LabelledFace.LANDMARKS];
    for (int point = 0; point < landmarks.length / 2; point++) {
      int to = 2 * (mirrored ? Mirror.FIVE_LANDMARKS.get(point) : point);
      Point place = point(at, sign * told[4 + 2 * point], told[5 + 2 * point]);
      landmarks[to] = place.x();
      landmarks[to + 1] = place.y();
    }
    int first = 4 + landmarks.length;
    float[] vertices = new float[MeshTopology.AXES * mesh.vertices()];
    for (int vertex = 0; vertex < mesh.vertices(); vertex++) {
      int from = first + MeshTopology.AXES * vertex;
      int to = MeshTopology.AXES * (mirrored ? mesh.mirror().get(vertex) : vertex);
      Point place = point(at, sign * told[from], told[from + 1]);
      vertices[to] = place.x();
      vertices[to + 1] = place.y();
      vertices[to + 2] = CODER.depth(at, (float) told[from + 2]);
    }
    float[] corners = {box.x1(), box.y1(), box.x2(), box.y2()};
    return new LabelledFace(corners, landmarks, vertices, false);
  }

  private static Point point(Anchor at, double x, double y) {
    return CODER.decode(at, new Point((float) x, (float) y));
  }

  /** The rows of a fit, whose input has so many partitions. */
  TrainingRows rows(SparkSession spark, int partitions) {
    return rows(spark, partitions, 1);
  }

  /** The rows of a fit after so many rounds, each of the same samples. */
  TrainingRows rows(SparkSession spark, int partitions, int rounds) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<byte[]> bytes =
        context.parallelize(labels.stream().map(LabelledImage::toBytes).toList(), partitions);
    return TrainingRows.of(
        spark,
        Collections.nCopies(rounds, SampleTable.of(table(spark, partitions), "it")),
        shape,
        bytes.map(LabelledImage::fromBytes),
        image -> image);
  }

  private Dataset<Row> table(SparkSession spark, int partitions) {
    StructType columns =
        new StructType().add("image", DataTypes.StringType).add(SampleColumns.column());
    List<Row> rows = samples.stream().map(GeneratedFaces::row).toList();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(rows, partitions), columns);
  }

  private static Row row(ImageSamples image) {
    return RowFactory.create(
        image.image(),
        image.samples().stream()
            .map(
                sample ->
                    RowFactory.create(
                        sample.view(),
                        sample.level(),
                        sample.size(),
                        sample.mirrored(),
                        sample.x(),
                        sample.y(),
                        sample.width(),
                        sample.height(),
                        sample.face(),
                        sample.iou(),
                        sample.weight(),
                        sample.features()))
            .toArray());
  }
}
