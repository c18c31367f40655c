package org.retinaspark.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.job.measures.Normalisation;
import org.retinaspark.job.measures.PrecisionRecallCurve;
import org.retinaspark.job.page.Metric;

/** An evaluation as Parquet: its numbers and its curves. */
final class ReportTables {

  private static final StructType METRICS =
      new StructType()
          .add("split", DataTypes.StringType, false)
          .add("dialect", DataTypes.StringType, false)
          .add("subset", DataTypes.StringType, false)
          .add("dimension", DataTypes.StringType, false)
          .add("slice", DataTypes.StringType, false)
          .add("name", DataTypes.StringType, false)
          .add("value", DataTypes.DoubleType, true)
          .add("faces", DataTypes.LongType, false);

  private static final StructType CURVES =
      new StructType()
          .add("subset", DataTypes.StringType, false)
          .add("dimension", DataTypes.StringType, false)
          .add("slice", DataTypes.StringType, false)
          .add("threshold", DataTypes.DoubleType, false)
          .add("score", DataTypes.DoubleType, false)
          .add("precision", DataTypes.DoubleType, true)
          .add("recall", DataTypes.DoubleType, true)
          .add("proposals", DataTypes.LongType, false)
          .add("hits", DataTypes.LongType, false)
          .add("faces", DataTypes.LongType, false);

  private final SparkSession spark;

  ReportTables(SparkSession spark) {
    this.spark = spark;
  }

  void writeMetrics(Evaluation evaluation, String uri) {
    EvaluateConfig config = evaluation.config();
    List<Row> rows = new ArrayList<>();
    for (Metric metric : evaluation.metrics()) {
      rows.add(
          RowFactory.create(
              config.split(),
              config.dialect().label(),
              metric.subset(),
              metric.dimension(),
              metric.slice(),
              metric.name(),
              Double.isNaN(metric.value()) ? null : metric.value(),
              metric.faces()));
    }
    write(spark.createDataFrame(rows, METRICS).coalesce(1), uri);
  }

  /**
   * Writes a row for each threshold of each curve. The rows are made in the task, which gets the
   * curves as a broadcast: as rows they would be a task of tens of megabytes.
   */
  void writeCurves(Evaluation evaluation, String uri) {
    List<PrecisionRecallCurve> curves = evaluation.result().curves();
    Broadcast<Points> points =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new Points(curves, evaluation.result().normalisation()));
    write(
        spark
            .range(0, curves.size(), 1, 1)
            .flatMap(
                (FlatMapFunction<Long, Row>) index -> points.value().rows(index.intValue()),
                Encoders.row(CURVES)),
        uri);
  }

  private record Points(List<PrecisionRecallCurve> curves, Normalisation normalisation)
      implements Serializable {

    private Iterator<Row> rows(int index) {
      PrecisionRecallCurve curve = curves.get(index);
      return IntStream.range(0, curve.hits().length).mapToObj(i -> row(curve, i)).iterator();
    }

    private Row row(PrecisionRecallCurve curve, int index) {
      double threshold = Normalisation.threshold(index);
      return RowFactory.create(
          curve.subset(),
          curve.slice().dimension(),
          curve.slice().value(),
          threshold,
          normalisation.scoreAt(threshold),
          curve.proposals()[index] == 0 ? null : curve.precision(index),
          curve.faces() == 0 ? null : curve.recall(index),
          curve.proposals()[index],
          curve.hits()[index],
          curve.faces());
    }
  }

  private static void write(Dataset<Row> rows, String uri) {
    rows.write().mode(SaveMode.Overwrite).parquet(uri);
  }
}
