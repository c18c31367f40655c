package org.retinaspark.job.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.job.evaluate.BenchmarkOfRows;
import org.retinaspark.job.measures.Detections;

/**
 * Gathers the boxes and scores of the rows, 20 bytes a face, and evaluates them where they end up:
 * the scores of all are needed before the first can be counted.
 */
final class PrecisionAggregator extends Aggregator<Row, PrecisionAggregator.Gathered, Row> {

  private static final long serialVersionUID = 1L;

  /** Numbers of a face: four of its box, and the score. */
  private static final int NUMBERS = 5;

  private final BenchmarkOfRows benchmark;

  PrecisionAggregator(BenchmarkOfRows benchmark) {
    this.benchmark = benchmark;
  }

  /**
   * What rows had. Public, since the code that Spark generates names it.
   *
   * @param images by their key in the ground truth; of each row five numbers a face
   */
  public record Gathered(HashMap<String, ArrayList<float[]>> images) implements Serializable {

    void add(String image, float[] numbers) {
      images.computeIfAbsent(image, key -> new ArrayList<>(1)).add(numbers);
    }
  }

  @Override
  public Gathered zero() {
    return new Gathered(new HashMap<>());
  }

  @Override
  public Gathered reduce(Gathered gathered, Row row) {
    if (!row.isNullAt(0)) {
      List<Float> given = row.isNullAt(1) ? List.of() : row.getList(1);
      float[] numbers = new float[given.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = given.get(i);
      }
      gathered.add(benchmark.key(row.getString(0)), numbers);
    }
    return gathered;
  }

  @Override
  public Gathered merge(Gathered one, Gathered other) {
    other.images().forEach((image, rows) -> rows.forEach(row -> one.add(image, row)));
    return one;
  }

  @Override
  public Row finish(Gathered gathered) {
    Map<String, List<Detections>> found = new HashMap<>();
    gathered
        .images()
        .forEach(
            (image, rows) ->
                found.put(
                    image,
                    // Of several rows the same comes first, in whatever order they were gathered.
                    rows.stream()
                        .sorted(Arrays::compare)
                        .map(PrecisionAggregator::detections)
                        .toList()));
    Map<String, Double> precision = benchmark.averagePrecision(found);
    return RowFactory.create(benchmark.subsets().stream().map(precision::get).toArray());
  }

  private static Detections detections(float[] numbers) {
    int count = numbers.length / NUMBERS;
    double[] boxes = new double[Detections.BOX * count];
    double[] scores = new double[count];
    for (int face = 0; face < count; face++) {
      int from = face * NUMBERS;
      int to = face * Detections.BOX;
      double x1 = numbers[from];
      double y1 = numbers[from + 1];
      boxes[to] = x1;
      boxes[to + 1] = y1;
      boxes[to + 2] = numbers[from + 2] - x1;
      boxes[to + 3] = numbers[from + 3] - y1;
      scores[face] = numbers[from + 4];
    }
    return new Detections(boxes, scores, new double[0]);
  }

  @Override
  public Encoder<Gathered> bufferEncoder() {
    // Not by Kryo, which can't restore records.
    return Encoders.javaSerialization(Gathered.class);
  }

  @Override
  public Encoder<Row> outputEncoder() {
    StructType precision = new StructType();
    for (String subset : benchmark.subsets()) {
      precision = precision.add(subset, DataTypes.DoubleType);
    }
    return Encoders.row(precision);
  }
}
