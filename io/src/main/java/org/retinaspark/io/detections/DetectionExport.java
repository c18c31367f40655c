package org.retinaspark.io.detections;

import static org.apache.spark.sql.functions.col;
import static org.retinaspark.io.facetable.ColumnNames.HEIGHT;
import static org.retinaspark.io.facetable.ColumnNames.IMAGE;
import static org.retinaspark.io.facetable.ColumnNames.WIDTH;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.wider.BoxNumbers;
import scala.Tuple2;

/** Writes detections in other people's formats; executors write, the driver only joins files. */
public final class DetectionExport {

  private static final int EXAMPLES = 3;

  private final SparkSession spark;
  private final Dataset<Tuple2<String, byte[]>> records;

  /**
   * Of a table's records.
   *
   * @param records see {@link DetectionRecord#dataset}
   */
  public DetectionExport(SparkSession spark, Dataset<Tuple2<String, byte[]>> records) {
    this.spark = spark;
    this.records = records;
  }

  /**
   * Checks that every image and every number can be written, and counts.
   *
   * @throws DetectionException if an image has several rows or a number isn't finite
   */
  public DetectionCounts check() {
    List<Row> duplicates =
        records.groupBy(col("_1")).count().where("count > 1").orderBy("_1").takeAsList(1);
    if (!duplicates.isEmpty()) {
      throw new DetectionException(
          "image %s has %d rows, so its file would be written over; remove the duplicates from the table"
              .formatted(duplicates.get(0).getString(0), duplicates.get(0).getLong(1)));
    }
    DetectionCounts counts =
        records
            .toJavaRDD()
            .aggregate(
                DetectionCounts.NONE,
                (sum, record) -> sum.with(DetectionRecord.fromBytes(record._2())),
                DetectionCounts::plus);
    if (counts.broken() > 0) {
      throw new DetectionException(
          "%d detections have a score or box that is NaN, infinite or null, which the format can't say; mend the detector or filter the table"
              .formatted(counts.broken()));
    }
    return counts;
  }

  /** Where the images of a file of COCO results are described. */
  public static String cocoImages(String file) {
    return CocoFiles.imagesBeside(file);
  }

  /**
   * Whether something stands at an output already.
   *
   * @throws IOException if the file system can't say
   */
  public static boolean occupied(String output, Configuration hadoop) throws IOException {
    Path path = new Path(output);
    FileSystem files = path.getFileSystem(hadoop);
    return files.exists(path)
        && (files.getFileStatus(path).isFile() || files.listStatus(path).length > 0);
  }

  /** Writes a folder of {@code <event>/<image>.txt}, one for every image, empty ones too. */
  public void widerFace(String folder, BoxNumbers numbers) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    records
        .toJavaRDD()
        .foreachPartition(
            new WiderFaceWriter(folder, numbers, new SerializableConfiguration(hadoop)));
  }

  /**
   * Writes one file of COCO results, {@code [{"image_id", "category_id", "bbox", "score"}, ...]},
   * and, where no other file says which images there are, {@code *.images.json} beside it: {@code
   * images}, {@code categories} and no {@code annotations}, as COCO's tools load it.
   *
   * @param sizes key, width and height of each image
   * @param ids the numbers of the images
   * @return images that were left out, since the file of the numbers doesn't have them
   * @throws DetectionException if no image has a number, one has none, or two have the same
   * @throws IOException if the parts can't be joined
   */
  public long coco(String file, Dataset<Row> sizes, CocoIds ids) throws IOException {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    JavaRDD<CocoImage> images =
        sizes
            .join(records.toDF(IMAGE, "record"), IMAGE)
            .select(IMAGE, WIDTH, HEIGHT, "record")
            .orderBy(col(IMAGE))
            .toJavaRDD()
            .zipWithIndex()
            .map(image -> CocoImage.of(image._1(), image._2() + 1, ids));
    JavaRDD<CocoImage> numbered = images.filter(image -> image.id() != null);
    long omitted = requireNumbers(images, numbered, ids);
    try (CocoFiles files = new CocoFiles(file, hadoop.value())) {
      List<Integer> parts =
          numbered
              .mapPartitionsWithIndex(new CocoWriter(files.parts(), ids.category(), hadoop), true)
              .collect();
      if (ids.ofFile()) {
        files.joinResults(parts);
      } else {
        files.join(parts);
      }
    }
    return omitted;
  }

  private static long requireNumbers(
      JavaRDD<CocoImage> images, JavaRDD<CocoImage> numbered, CocoIds ids) {
    List<String> nameless =
        images.filter(image -> image.id() == null).map(CocoImage::key).take(EXAMPLES);
    long omitted = nameless.isEmpty() ? 0 : images.count() - numbered.count();
    if (omitted > 0 && (!ids.ofFile() || numbered.isEmpty())) {
      throw new DetectionException(
          "%d images, such as %s, have no number %s, so nothing was exported; number the images with --image-ids order"
              .formatted(
                  omitted,
                  nameless,
                  ids.ofFile() ? "in the file of --image-ids" : "in their names"));
    }
    List<String> same =
        numbered
            .mapToPair(image -> new Tuple2<>(image.number(), List.of(image.key())))
            .reduceByKey((one, other) -> List.of(one.get(0), other.get(0)))
            .filter(named -> named._2().size() > 1)
            .map(named -> "%d: %s".formatted(named._1(), named._2()))
            .take(1);
    if (!same.isEmpty()) {
      throw new DetectionException(
          "two images have the same number, %s, so nothing was exported; number the images with --image-ids order"
              .formatted(same.get(0)));
    }
    return omitted;
  }
}
