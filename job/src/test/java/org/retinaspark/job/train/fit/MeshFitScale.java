package org.retinaspark.job.train.fit;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
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
import org.retinaspark.io.samples.SampleColumns;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.io.samples.SampleTable;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * Times the fit of the head of meshes on made-up rows, each of a face of its own: its arguments are
 * numbers of rows, one after the other. Run by hand, since what it measures is the machine's.
 */
final class MeshFitScale {

  private static final int FACES = 20;
  private static final SampleShape SHAPE = new SampleShape(64, List.of(2, 2, 2));
  private static final AnchorNames NAMES =
      AnchorNames.of(
          List.of(
              new AnchorLevel(8, List.of(16f, 32f)),
              new AnchorLevel(16, List.of(64f, 128f)),
              new AnchorLevel(32, List.of(256f, 512f))));
  private static final MeshTopology MESH = MeshTopology.FACE_MESH;

  private MeshFitScale() {}

  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    MeshSettings settings = new MeshSettings(MESH, 40, 0.03);
    for (String argument : arguments) {
      int images = Integer.parseInt(argument) / FACES;
      long start = System.nanoTime();
      long work = computed();
      try (TrainingRows rows = rows(spark, images)) {
        FittedMesh fitted = new MeshFit(GeneratedFaces.CODER, NAMES, settings).fit(rows);
        System.out.printf(
            "%d rows: %.1f s, %.1f s of computing, basis keeps %.4f, explained %.4f%n",
            fitted.rows(),
            (System.nanoTime() - start) / 1e9,
            (computed() - work) / 1e9,
            fitted.basisShare(),
            fitted.explained());
      }
    }
  }

  /** Nanoseconds that the process's threads have computed, which other processes leave alone. */
  private static long computed() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static TrainingRows rows(SparkSession spark, int images) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> numbers = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      numbers.add(image);
    }
    JavaRDD<Integer> all = context.parallelize(numbers, 16);
    StructType columns =
        new StructType().add("image", DataTypes.StringType).add(SampleColumns.column());
    Dataset<Row> table = spark.createDataFrame(all.map(MeshFitScale::samples), columns);
    return TrainingRows.of(
        spark,
        List.of(SampleTable.of(table, "it")),
        SHAPE,
        all.map(MeshFitScale::labels),
        image -> image);
  }

  /** Features that are 0 for half of all cells, as behind a rectifier. */
  private static float[] features(Random random) {
    float[] features = new float[SHAPE.channels()];
    for (int i = 0; i < features.length; i++) {
      features[i] = Math.max(0, (float) random.nextGaussian());
    }
    return features;
  }

  private static Row samples(int image) {
    Random random = new Random(image);
    Object[] samples = new Object[FACES];
    for (int face = 0; face < FACES; face++) {
      float[] features = features(random);
      int level = face % 3;
      float side = 16 << (2 * level);
      samples[face] =
          RowFactory.create(
              0, level, face % 2, false, 100f, 100f, side, side, face, 0.5f, 1f, features);
    }
    return RowFactory.create("event/%d.jpg".formatted(image), samples);
  }

  /** Vertices that ten of the features move, and noise. */
  private static LabelledImage labels(int image) {
    Random random = new Random(image);
    List<LabelledFace> faces = new ArrayList<>();
    for (int face = 0; face < FACES; face++) {
      float[] features = features(random);
      float[] mesh = new float[MeshTopology.AXES * MESH.vertices()];
      for (int i = 0; i < mesh.length; i++) {
        int mixed = i * 0x9e3779b9 + face % 6;
        float sum = 100 + (mixed >> 24) / 8f;
        for (int feature = 0; feature < 10; feature++) {
          mixed = mixed * 0x85ebca6b + feature;
          sum += features[feature] * (mixed >> 24) / 128f;
        }
        mesh[i] = sum + (mixed >> 26) * features[11 + i % 50] / 100;
      }
      faces.add(new LabelledFace(new float[] {90, 90, 110, 110}, null, mesh, false));
    }
    return new LabelledImage("event/%d.jpg".formatted(image), faces);
  }
}
