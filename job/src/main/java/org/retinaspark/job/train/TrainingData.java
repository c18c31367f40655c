package org.retinaspark.job.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.labels.HeldOut;
import org.retinaspark.io.labels.LabelMesh;
import org.retinaspark.io.labels.Labels;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * What is known of the photos before one is looked at.
 *
 * @param location of the labels
 * @param labels of the photos
 * @param heldOut those that nothing may be learnt from
 * @param heads that are fitted
 */
record TrainingData(String location, Labels labels, HeldOut heldOut, Set<TrainedHead> heads) {

  /**
   * Reads labels and what is held out.
   *
   * @throws UsageException if they can't be used, or teach something else than was asked for
   * @throws IOException if they can't be read
   */
  static TrainingData read(SparkSession spark, TrainConfig config) throws IOException {
    FileLookup files = new FileLookup(spark.sparkContext());
    String location = files.find("--labels", config.labels().location());
    spark.sparkContext().setJobDescription("read the labels");
    try {
      Labels labels = Labels.read(spark, location, config.labels().rules());
      HeldOut heldOut = HeldOut.widerFace();
      Optional<String> further = config.labels().heldOut();
      if (further.isPresent()) {
        heldOut = heldOut.and(HeldOut.read(spark, files.find("--held-out", further.get())));
      }
      heldOut.named(labels.boxes());
      Set<TrainedHead> heads = config.fit().heads().orElseGet(() -> usual(labels));
      TrainedHead.requireTaught(heads, labels.counts(), location);
      return new TrainingData(location, labels, heldOut, heads);
    } catch (GroundTruthException wrong) {
      throw new UsageException(wrong.getMessage(), wrong);
    }
  }

  /** Meshes come from a table, whose boxes and landmarks a detector found: they teach it little. */
  private static Set<TrainedHead> usual(Labels labels) {
    Set<TrainedHead> taught = TrainedHead.taughtBy(labels.counts());
    return taught.contains(TrainedHead.MESH) ? Set.of(TrainedHead.MESH) : taught;
  }

  /** Whether negatives are needed. */
  boolean teachesClass() {
    return heads.contains(TrainedHead.CLASS);
  }

  /** The mesh that is fitted; null if none is. */
  @Nullable MeshTopology mesh() {
    LabelMesh mesh = labels.mesh();
    return mesh == null || !heads.contains(TrainedHead.MESH)
        ? null
        : MeshTopology.named(mesh.topology(), mesh.vertices());
  }

  /** Digests of all that is known. */
  Map<String, String> digests() {
    Map<String, String> digests = new LinkedHashMap<>();
    digests.put("labels (SHA-256)", labels.sha256());
    digests.put("held out (SHA-256)", heldOut.sha256Hex());
    return digests;
  }
}
