package org.retinaspark.io.reading;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.images.ImageFile;

/** Opens units of work on executors. */
public final class ImageReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String MEMBERS_PASSED_OVER = "retinaspark.membersPassedOver";

  private final Broadcast<SerializableConfiguration> hadoop;
  private final ReadSettings settings;
  private final LongAccumulator membersPassedOver;

  private ImageReader(
      Broadcast<SerializableConfiguration> hadoop,
      ReadSettings settings,
      LongAccumulator membersPassedOver) {
    this.hadoop = hadoop;
    this.settings = settings;
    this.membersPassedOver = membersPassedOver;
  }

  /** A reader with the Hadoop configuration of a Spark application. */
  public static ImageReader of(SparkContext spark, ReadSettings settings) {
    return new ImageReader(
        JavaSparkContext.fromSparkContext(spark)
            .broadcast(new SerializableConfiguration(spark.hadoopConfiguration())),
        settings,
        spark.longAccumulator(MEMBERS_PASSED_OVER));
  }

  /**
   * Looks for the columns of images and their names in a table, so that a wrong name ends the run
   * before it begins.
   *
   * @throws UnusableLocationException if one is missing, or the table can't be opened
   */
  public void requireColumns(ImageFile table) {
    try {
      TableFile.requireColumns(table, opener(), settings.columns());
    } catch (IOException failure) {
      throw UnusableLocationException.because(table.uri(), failure);
    }
  }

  /**
   * The images of a unit. Opens nothing yet: an image is read when its content is asked for, a file
   * of many when its first image is. What fails is told by the content of an image.
   *
   * @throws java.io.UncheckedIOException when the images are pulled and the thread is interrupted
   */
  public ImageIterator open(ImageFile file) {
    FileOpener opener = opener();
    return switch (file.root().format()) {
      case IMAGE ->
          ImageIterator.of(StoredImage.of(file, () -> opener.read(file, settings.maximumBytes())));
      case TAR, ZIP ->
          new ManyImages(file, () -> ArchiveFile.open(file, opener, settings, this::passOver));
      case TABLE -> new ManyImages(file, () -> TableFile.open(file, opener, settings));
    };
  }

  /** Several threads of a task read, but Spark's accumulators are for one. */
  private void passOver(long members) {
    synchronized (membersPassedOver) {
      membersPassedOver.add(members);
    }
  }

  private FileOpener opener() {
    return new FileOpener(hadoop.value().value(), new Retry(settings.retryTime(), Waiting.REAL));
  }

  /**
   * Members of archives that were no images by their names, so far; those of a task that Spark
   * repeats count twice.
   */
  public long membersPassedOver() {
    return membersPassedOver.value();
  }
}
