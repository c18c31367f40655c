package org.retinaspark.bench;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.detections.DetectionRecord;
import org.retinaspark.io.detections.DetectionStatus;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Breakdown;
import org.retinaspark.job.measures.Detections;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.OfficialMatching;
import org.retinaspark.job.measures.Truth;
import org.retinaspark.job.measures.spark.DistributedEvaluation;
import org.retinaspark.job.measures.spark.EvaluationResult;
import org.retinaspark.job.measures.spark.OptionalMeasure;
import org.retinaspark.job.measures.spark.TruthCodec;
import scala.Tuple2;

/**
 * Evaluates generated sets of growing size on two cores and prints the time and the limit of the
 * heap: {@code EvaluationBenchmark [coco] IMAGES...}, 300 detections and 12 faces an image, three
 * subsets, 18 slices, 61 events.
 */
public final class EvaluationBenchmark {

  private static final int DETECTIONS = 300;
  private static final int FACES = 12;
  private static final int EVENTS = 61;
  private static final int SLICES = 18;

  private EvaluationBenchmark() {}

  /** Runs it, once to warm up. */
  public static void main(String[] arguments) {
    boolean coco = arguments[0].equals("coco");
    Set<OptionalMeasure> optional = coco ? Set.of(OptionalMeasure.COCO) : Set.of();
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("evaluation benchmark")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 64)
            .config("spark.driver.host", "localhost")
            .getOrCreate();
    run(spark, 1000, optional);
    System.out.println("images  detections  seconds  microseconds/image  heap limit MiB");
    for (String argument : List.of(arguments).subList(coco ? 1 : 0, arguments.length)) {
      long images = Long.parseLong(argument);
      double seconds = run(spark, images, optional);
      System.out.printf(
          Locale.ROOT,
          "%,d  %,d  %.1f  %.1f  %d%n",
          images,
          images * DETECTIONS,
          seconds,
          seconds / images * 1e6,
          Runtime.getRuntime().maxMemory() >> 20);
    }
    spark.stop();
  }

  private static double run(SparkSession spark, long images, Set<OptionalMeasure> optional) {
    Breakdown breakdown =
        new Breakdown(List.of("easy", "medium", "hard"), names("slice", SLICES), events());
    DistributedEvaluation evaluation =
        new DistributedEvaluation(
            spark,
            breakdown,
            Dialect.MATLAB_DOUBLE,
            OfficialMatching.DOUBLE,
            BadInput.FAIL,
            optional);
    Dataset<Long> ids =
        spark.range(0, images, 1, (int) Math.max(2, images / 5000)).as(Encoders.LONG());
    long start = System.nanoTime();
    EvaluationResult scores =
        evaluation.evaluate(
            ids.map(new Faces(), Encoders.tuple(Encoders.STRING(), Encoders.BINARY())),
            ids.map(new Found(), Encoders.tuple(Encoders.STRING(), Encoders.BINARY())));
    double seconds = (System.nanoTime() - start) / 1e9;
    if (scores.census().images() != images) {
      throw new IllegalStateException(scores.census().images() + " of " + images + " images");
    }
    return seconds;
  }

  private static List<FaceSlice> names(String dimension, int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> new FaceSlice(dimension, String.valueOf(i)))
        .toList();
  }

  private static List<String> events() {
    return names("event", EVENTS).stream().map(FaceSlice::value).toList();
  }

  private static double[] boxes(long id) {
    Random random = new Random(id);
    double[] boxes = new double[FACES * Detections.BOX];
    for (int i = 0; i < boxes.length; i += Detections.BOX) {
      boxes[i] = random.nextInt(900);
      boxes[i + 1] = random.nextInt(700);
      boxes[i + 2] = 10 + random.nextInt(60);
      boxes[i + 3] = 10 + random.nextInt(80);
    }
    return boxes;
  }

  private static String key(long id) {
    return id % EVENTS + "--Event/image_" + id + ".jpg";
  }

  private static final class Faces implements MapFunction<Long, Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Tuple2<String, byte[]> call(Long id) {
      byte[] subsets = new byte[FACES];
      int[] slices = new int[FACES];
      for (int i = 0; i < FACES; i++) {
        subsets[i] = (byte) (i < 3 ? 7 : i < 6 ? 6 : 4);
        slices[i] = 0b100100100 << i % 3 | 1 << (12 + i % 6);
      }
      Truth truth =
          new Truth(id.intValue(), (int) (id % EVENTS), boxes(id), subsets, slices, new double[0]);
      return new Tuple2<>(key(id), TruthCodec.encode(truth));
    }
  }

  private static final class Found implements MapFunction<Long, Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Tuple2<String, byte[]> call(Long id) {
      Random random = new Random(~id);
      double[] truth = boxes(id);
      double[] boxes = new double[DETECTIONS * Detections.BOX];
      double[] scores = new double[DETECTIONS];
      for (int i = 0; i < DETECTIONS; i++) {
        int at = i * Detections.BOX;
        boolean near = i < FACES;
        boxes[at] = near ? truth[at] + random.nextInt(5) : random.nextInt(900);
        boxes[at + 1] = near ? truth[at + 1] + random.nextInt(5) : random.nextInt(700);
        boxes[at + 2] = near ? truth[at + 2] : 10 + random.nextInt(60);
        boxes[at + 3] = near ? truth[at + 3] : 10 + random.nextInt(80);
        scores[i] =
            near ? 0.3 + 0.7 * random.nextDouble() : 0.02 + 0.5 * Math.pow(random.nextDouble(), 3);
      }
      return new Tuple2<>(
          key(id), new DetectionRecord(DetectionStatus.OK, boxes, scores, new double[0]).toBytes());
    }
  }
}
