package org.retinaspark.io.labels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.facetable.FaceDetail;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.ImageFaces;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.wider.AnnotationText;
import org.retinaspark.io.wider.GroundTruthImage;
import org.retinaspark.io.wider.LandmarkLabels;

/**
 * Labelled faces, from whatever form they are given in.
 *
 * @param format the form
 * @param images all labelled images, once each; a table's are read where they are used, so that
 *     meshes never meet on the driver
 * @param boxes of all images
 * @param counts how much there is, and what was not taken as it stands
 * @param mesh what the meshes are; null if there are none
 * @param sha256 digest of all that the labels say, whatever the order of images, lower-case
 *     hexadecimal
 */
public record Labels(
    LabelFormat format,
    JavaRDD<LabelledImage> images,
    LabelBoxes boxes,
    LabelCounts counts,
    @Nullable LabelMesh mesh,
    String sha256) {

  /** Images of a file that a task gets. */
  private static final int IMAGES_A_TASK = 1000;

  /**
   * Reads labels, all of them once: a table for its counts and digest, and its boxes again.
   *
   * @param location a file, or the folder of a table
   * @throws GroundTruthException if they are none, broken, too many for the driver, or label an
   *     image twice
   * @throws org.retinaspark.io.UnusableLocationException if there is no table, or no readable one
   * @throws IOException if a file can't be read
   */
  public static Labels read(SparkSession spark, String location, LabelRules rules)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    LabelFile file = LabelFile.of(location, hadoop);
    LabelFormat format = rules.format();
    if (format == LabelFormat.AUTO) {
      format = file.isFolder() ? LabelFormat.TABLE : file.format();
    }
    if (format == LabelFormat.TABLE) {
      return ofTable(FaceTable.of(rows(spark, file, hadoop), location), rules, location);
    }
    LabelTally tally = new LabelTally();
    List<byte[]> images = new ArrayList<>();
    switch (format) {
      case RETINAFACE -> add(new LandmarkLabels(file.name(), file.text()).images(), tally, images);
      case WIDERFACE -> add(new AnnotationText(file.name(), file.text()).images(), tally, images);
      case COCO ->
          new CocoLabels(file, tally)
              .images(rules.category())
              .forEach(image -> images.add(image.toBytes()));
      default -> throw new IllegalStateException("no reader of " + format);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<LabelledImage> all =
        context
            .parallelize(images, 1 + images.size() / IMAGES_A_TASK)
            .map(LabelledImage::fromBytes);
    return of(format, all, tally, images, location);
  }

  private static void add(List<GroundTruthImage> truth, LabelTally tally, List<byte[]> images) {
    WiderLabels labels = new WiderLabels(tally);
    truth.forEach(image -> images.add(labels.label(image).toBytes()));
  }

  private static Dataset<Row> rows(SparkSession spark, LabelFile file, Configuration hadoop)
      throws IOException {
    return file.isFolder()
        ? TableLocation.of(file.location(), hadoop).read(spark)
        : spark.read().parquet(file.file().path().toString());
  }

  private static Labels ofTable(FaceTable table, LabelRules rules, String location) {
    JavaRDD<ImageFaces> rows = table.faces(Set.of(FaceDetail.MESH));
    TableLabels labels = new TableLabels(rules);
    LabelTally tally =
        rows.mapPartitions(new Tally(labels)).fold(new LabelTally(), LabelTally::merge);
    requireRoom(tally, location);
    List<byte[]> boxes = table.boxes().mapPartitions(labels).map(LabelledImage::toBytes).collect();
    return of(LabelFormat.TABLE, rows.mapPartitions(labels), tally, boxes, location);
  }

  private static Labels of(
      LabelFormat format,
      JavaRDD<LabelledImage> images,
      LabelTally tally,
      List<byte[]> boxes,
      String location) {
    requireRoom(tally, location);
    if (tally.counts().images() == 0) {
      throw new GroundTruthException(
          "%s labels no image: nothing was done. Name the file with the labels, or the table that 'detect' wrote"
              .formatted(location));
    }
    requireOrder(tally, location);
    Optional<LabelMesh> mesh = tally.mesh(location);
    return new Labels(
        format,
        images,
        new LabelBoxes(boxes),
        tally.counts(),
        mesh.orElse(null),
        tally.sha256Hex());
  }

  /**
   * Has landmarks to fit a head to.
   *
   * @throws GroundTruthException if no face has any
   */
  public void requireLandmarks() {
    if (counts.landmarks() == 0) {
      throw new GroundTruthException(
          "none of the %d labelled faces has five landmarks, so no head of landmarks can be fitted: nothing was done. Leave landmarks out of --heads, or give labels with them: RetinaFace's label.txt, COCO keypoints of five points, a table of 'detect'"
              .formatted(counts.faces()));
    }
  }

  /**
   * The mesh to fit a head to.
   *
   * @throws GroundTruthException if no face has one
   */
  public LabelMesh requireMesh() {
    if (mesh == null) {
      throw new GroundTruthException(
          "none of the %d labelled faces has a mesh, so no head of meshes can be fitted: nothing was done. Leave mesh out of --heads, or give a table that 'detect --mesh-model' wrote"
              .formatted(counts.faces()));
    }
    return mesh;
  }

  /** A few faces stand on their head, and have their left eye on the right; not most of them. */
  private static void requireOrder(LabelTally tally, String location) {
    long landmarks = tally.counts().landmarks();
    if (2 * tally.mirrored() > landmarks) {
      throw new GroundTruthException(
          "of %d faces with landmarks in %s, %d have the first eye right of the second: nothing was done, since a head would learn them the wrong way round. The order is left eye, right eye, nose, left and right corner of the mouth, left being that of the picture"
              .formatted(landmarks, location, tally.mirrored()));
    }
  }

  private static void requireRoom(LabelTally tally, String location) {
    if (tally.boxBytes() > LabelBoxes.MOST_BYTES) {
      throw new GroundTruthException(
          "the boxes of %s take %,d bytes of each executor's memory, and %,d are allowed: nothing was done. Give labels of fewer images, or fit on several parts one after the other"
              .formatted(location, tally.boxBytes(), LabelBoxes.MOST_BYTES));
    }
  }

  /** Counts a part. */
  private static final class Tally implements FlatMapFunction<Iterator<ImageFaces>, LabelTally> {

    private static final long serialVersionUID = 1L;

    private final TableLabels labels;

    Tally(TableLabels labels) {
      this.labels = labels;
    }

    @Override
    public Iterator<LabelTally> call(Iterator<ImageFaces> images) {
      LabelTally tally = new LabelTally();
      labels.labels(images, tally).forEachRemaining(image -> {});
      return List.of(tally).iterator();
    }
  }
}
