package org.retinaspark.job.detect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.job.progress.Tail;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.ImageUnit;
import org.retinaspark.udf.spark.CrashNotes;
import org.retinaspark.udf.spark.DetectCounters;
import org.retinaspark.udf.spark.DetectFaces;
import org.retinaspark.udf.spark.ProbeSession;
import org.retinaspark.udf.spark.UsedExecutors;

/** Detection on the cluster: the model is there, and units of work become rows. */
final class FaceDetection {

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final DetectSettings settings;
  private final Broadcast<byte[]> model;
  private final DetectCounters counters;

  FaceDetection(SparkSession spark, ModelFile model, DetectSettings settings) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.model = context.broadcast(model.content());
    this.counters = DetectCounters.register(spark.sparkContext());
  }

  /**
   * Opens the sessions and runs each once where tasks run, before any image is read.
   *
   * @return where the networks run, that of the detector first
   * @throws UsageException if it can't
   */
  List<String> probe() {
    ProbeSession.Answer answer =
        context.parallelize(List.of(0), 1).map(new ProbeSession(settings, model, counters)).first();
    if (answer.problem() != null) {
      throw new UsageException(answer.problem());
    }
    return answer.providers();
  }

  /**
   * The table's columns.
   *
   * @param kinds what it tells of each face beside score, box and landmarks
   * @param carried the columns of the input that go through to the table
   * @throws UsageException if one of these has the name of one of the table
   */
  TableSchema schema(Set<FaceDetails.Kind> kinds, TableLayout layout, StructType carried) {
    try {
      return DetectFaces.schema(settings, kinds, layout, carried);
    } catch (IllegalArgumentException clash) {
      throw new UsageException(clash.getMessage() + ": nothing was read", clash);
    }
  }

  /**
   * The rows of all images, made when they are written.
   *
   * @param notes remembers images that end executors
   */
  Dataset<Row> rows(JavaRDD<ImageUnit> images, TableSchema schema, CrashNotes notes) {
    return schema.dataset(
        spark, images.mapPartitions(new DetectFaces(settings, schema, model, counters, notes)));
  }

  /** Where the tasks' time went so far, by the label of each stage. */
  Map<String, Double> stageSeconds() {
    return counters.stageSeconds();
  }

  /** How the tasks ended, once they have. */
  Tail tail() {
    return Tail.of(counters.timeline(), context.defaultParallelism());
  }

  /** ONNX Runtime sessions opened so far. */
  long sessions() {
    return counters.sessions().value();
  }

  /** What each executor that looked for faces computed with, by its id. */
  Map<String, UsedExecutors.Use> executors() {
    return counters.executors().value();
  }
}
