package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.job.eval.Curve;
import org.retinaspark.job.eval.Normalisation;
import org.retinaspark.job.eval.PrecisionRecallCurve;

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
    write(rows, METRICS, uri);
  }

  void writeCurves(Evaluation evaluation, String uri) {
    Normalisation normalisation = evaluation.scores().normalisation();
    List<Row> rows = new ArrayList<>();
    for (Curve curve : evaluation.scores().curves()) {
      PrecisionRecallCurve points = curve.points();
      for (int i = 0; i < points.hits().length; i++) {
        double threshold = Normalisation.threshold(i);
        rows.add(
            RowFactory.create(
                curve.subset(),
                curve.slice().dimension(),
                curve.slice().value(),
                threshold,
                normalisation.scoreAt(threshold),
                points.proposals()[i] == 0 ? null : points.precision(i),
                points.faces() == 0 ? null : points.recall(i),
                points.proposals()[i],
                points.hits()[i],
                points.faces()));
      }
    }
    write(rows, CURVES, uri);
  }

  private void write(List<Row> rows, StructType schema, String uri) {
    spark.createDataFrame(rows, schema).coalesce(1).write().mode(SaveMode.Overwrite).parquet(uri);
  }
}
