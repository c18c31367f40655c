package org.retinaspark.job.measures.spark;

import java.util.Iterator;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.facetable.FaceDetail;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.job.measures.EvaluationException;
import org.retinaspark.job.measures.dense.CountedFaces;
import org.retinaspark.job.measures.dense.MeanShape;
import org.retinaspark.job.measures.dense.MeanShapeSums;
import org.retinaspark.job.measures.dense.MeshForm;
import org.retinaspark.job.measures.dense.MeshedImage;
import org.retinaspark.job.measures.dense.VertexErrors;
import org.retinaspark.job.measures.dense.VertexMetrics;

/**
 * Compares the meshes of two tables of any size: one pass over each that tells which meshes they
 * have, one shuffle of both by image, and over what it left one pass for the mean shape and one for
 * the errors.
 */
public final class MeshEvaluation {

  private static final Set<FaceDetail> DETAILS =
      Set.of(FaceDetail.MESH, FaceDetail.LANDMARKS68, FaceDetail.POSE);

  private final SparkSession spark;
  private final FaceTable reference;
  private final FaceTable table;

  /**
   * A comparison to be made.
   *
   * @param reference what counts as true
   * @param table what is measured
   */
  public MeshEvaluation(SparkSession spark, FaceTable reference, FaceTable table) {
    this.spark = spark;
    this.reference = reference;
    this.table = table;
  }

  /**
   * What can be compared.
   *
   * @throws EvaluationException if there is nothing
   */
  public MeshForm form() {
    MeshInventory wanted = inventory(reference);
    MeshInventory given = inventory(table);
    return MeshForms.common(wanted, given)
        .orElseThrow(
            () ->
                new EvaluationException(
                    "the reference has %s, and the table has %s: they have no points in common, so nothing was evaluated; make both tables with one mesh model, or with 68 points in both"
                        .formatted(wanted, given)));
  }

  private MeshInventory inventory(FaceTable faces) {
    return MeasureAggregator.measure(spark, faces.faces(DETAILS), new MeshInventory());
  }

  /** Compares the faces that count. */
  public VertexMetrics evaluate(CountedFaces counted) {
    JavaRDD<MeshedImage> images = images(counted.form());
    MeanShape mean = MeasureAggregator.measure(spark, images, new MeanShapeSums(counted)).result();
    return MeasureAggregator.measure(spark, images, new VertexErrors(counted, mean)).result();
  }

  /** The images of both; the shuffle's files serve both passes. */
  private JavaRDD<MeshedImage> images(MeshForm form) {
    MeshReading reading = new MeshReading(form);
    JavaRDD<MeshedImage> rows =
        reference
            .faces(DETAILS)
            .map(reading::reference)
            .union(table.faces(DETAILS).map(reading::found));
    // Spark's encoder takes records by Java's serialisation, which Kryo can't do.
    return spark
        .createDataset(rows.rdd(), Encoders.javaSerialization(MeshedImage.class))
        .groupByKey((MapFunction<MeshedImage, String>) MeshedImage::image, Encoders.STRING())
        .mapGroups(
            (MapGroupsFunction<String, MeshedImage, MeshedImage>) (image, parts) -> whole(parts),
            Encoders.javaSerialization(MeshedImage.class))
        .toJavaRDD();
  }

  private static MeshedImage whole(Iterator<MeshedImage> parts) {
    MeshedImage whole = parts.next();
    while (parts.hasNext()) {
      whole = whole.and(parts.next());
    }
    return whole;
  }
}
