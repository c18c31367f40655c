package org.retinaspark.job.evaluate.mesh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.Build;
import org.retinaspark.job.TableOrigin;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.measures.EvaluationException;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.dense.CountedFaces;
import org.retinaspark.job.measures.dense.FaceOutcomes;
import org.retinaspark.job.measures.dense.MeshForm;
import org.retinaspark.job.measures.dense.VertexMetrics;
import org.retinaspark.job.measures.spark.MeshEvaluation;

/** Compares the meshes of a table that is already made with those of another. */
public final class VertexAction {

  private final SparkSession spark;
  private final VertexConfig config;
  private final List<String> warnings = new ArrayList<>();

  /** A comparison to be made. */
  public VertexAction(SparkSession spark, VertexConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /**
   * Makes it.
   *
   * @throws IOException if a file can't be read
   * @throws UsageException if there is no table at a URI
   * @throws org.retinaspark.io.UnusableLocationException if one is no table of faces
   * @throws EvaluationException if the two can't be compared
   */
  public VertexEvaluation execute() throws IOException {
    TableLocation table = location(config.detections());
    TableLocation reference = location(config.reference());
    MeshEvaluation meshes =
        new MeshEvaluation(
            spark,
            FaceTable.of(reference.read(spark), config.reference()),
            FaceTable.of(table.read(spark), config.detections()));
    TableOrigin origin = origin(table, "");
    TableOrigin referenceOrigin = origin(reference, "reference: ");
    MeshForm form = meshes.form();
    VertexMetrics result = meshes.evaluate(new CountedFaces(form, config.leastSide()));
    requireComparable(result);
    explain(result);
    return new VertexEvaluation(
        config,
        origin.manifest(),
        referenceOrigin.manifest(),
        warnings,
        Build.versions(spark),
        result);
  }

  private TableLocation location(String uri) throws IOException {
    return TableLocation.of(uri, spark.sparkContext().hadoopConfiguration());
  }

  private TableOrigin origin(TableLocation table, String whose) {
    TableOrigin origin = TableOrigin.of(table);
    var unused = origin.option("protocol");
    origin.warnings().forEach(warning -> warnings.add(whose + warning));
    return origin;
  }

  private static void requireComparable(VertexMetrics result) {
    if (!result.twice().isEmpty()) {
      throw new EvaluationException(
          "one of the tables has several rows for the images %s, so that it isn't clear which counts: nothing was evaluated; make a table with a row an image"
              .formatted(String.join(", ", result.twice())));
    }
    FaceOutcomes all = result.outcomes(FaceSlice.ALL);
    if (all.faces() == 0) {
      throw new EvaluationException(
          "the reference has no face that counts, with a mesh whose score is over 0.5 and a box of --min-face: errors of nothing are no result; make it with --mesh-model, or lower --min-face");
    }
    if (result.images() == result.withoutRow()) {
      throw new EvaluationException(
          "none of the reference's %,d images has a row in the table, which has such as %s: errors of nothing are no result; make both tables of the same images and keys"
              .formatted(result.images(), String.join(", ", result.unknown())));
    }
  }

  private void explain(VertexMetrics result) {
    warn("images of the reference without a row, whose faces are missed", result.withoutRow());
    warn("images that failed, whose faces are missed", result.failed());
    warn("images that the reference lacks, which count for nothing", result.withoutReference());
    if (!result.form().isDeep()) {
      warnings.add(
          "the meshes of the two tables aren't of one topology, so that their 68 points are compared, which have no depth");
    }
    if (result.outcomes(FaceSlice.ALL).measured() == 0) {
      warnings.add(
          "no face of the table has a mesh where the reference has one, so there is no error; run 'detect' with --mesh-model or with a model that has meshes");
    }
  }

  private void warn(String what, long count) {
    if (count > 0) {
      warnings.add(String.format(Locale.ROOT, "%s: %,d", what, count));
    }
  }
}
