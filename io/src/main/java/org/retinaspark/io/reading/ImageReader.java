package org.retinaspark.io.reading;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.folders.PassedOver;
import org.retinaspark.io.folders.PassedOverCounter;
import org.retinaspark.io.images.ImageFile;

/** Opens units of work on executors. */
public final class ImageReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final ReadSettings settings;
  private final PassedOverCounter passedOver;

  private ImageReader(
      Broadcast<SerializableConfiguration> hadoop,
      ReadSettings settings,
      PassedOverCounter passedOver) {
    this.hadoop = hadoop;
    this.settings = settings;
    this.passedOver = passedOver;
  }

  /** A reader with the Hadoop configuration of a Spark application. */
  public static ImageReader of(SparkContext spark, ReadSettings settings) {
    PassedOverCounter passedOver = new PassedOverCounter();
    spark.register(passedOver);
    return new ImageReader(
        JavaSparkContext.fromSparkContext(spark)
            .broadcast(new SerializableConfiguration(spark.hadoopConfiguration())),
        settings,
        passedOver);
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
          new ManyImages(file, () -> ArchiveFile.open(file, opener, settings, passedOver));
      case TABLE -> new ManyImages(file, () -> TableFile.open(file, opener, settings));
    };
  }

  private FileOpener opener() {
    return new FileOpener(hadoop.value().value(), new Retry(settings.retryTime(), Waiting.REAL));
  }

  /**
   * Members of archives that got no row, so far, and why; those of a task that Spark repeats count
   * twice.
   */
  public PassedOver membersPassedOver() {
    return passedOver.value();
  }
}
