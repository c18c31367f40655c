package org.retinaspark.io.reading;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.folders.PassedOver;
import org.retinaspark.io.folders.PassedOverCounter;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.KeyRule;

/** Opens units of work on executors. */
public final class ImageReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final ReadSettings settings;
  private final InputColumns columns;
  private final CarriedColumns carried;
  private final PassedOverCounter passedOver;

  private ImageReader(
      Broadcast<SerializableConfiguration> hadoop,
      ReadSettings settings,
      InputColumns columns,
      CarriedColumns carried,
      PassedOverCounter passedOver) {
    this.hadoop = hadoop;
    this.settings = settings;
    this.columns = columns;
    this.carried = carried;
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
        settings.columns(),
        CarriedColumns.NONE,
        passedOver);
  }

  /**
   * The same reader, with its rule for keys settled by the columns of the first table that can be
   * opened: others become failed rows.
   *
   * @param tables some of those that will be read; if there are none, the reader stays as it is
   * @throws UnusableLocationException if a column of images or names is missing that the user
   *     names, or no table can be opened: so a wrong name ends the run before it begins
   */
  public ImageReader settledFor(List<ImageFile> tables) {
    UnusableLocationException unusable = null;
    for (ImageFile table : tables) {
      try {
        TableFile.Found found = TableFile.requireColumns(table, opener(), columns);
        KeyRule usual = found.keyed() ? KeyRule.OWN : KeyRule.PATH;
        KeyRule settled = columns.keys() == KeyRule.AUTO ? usual : columns.keys();
        return new ImageReader(
            hadoop, settings, columns.with(settled), found.carried(), passedOver);
      } catch (UnusableLocationException missing) {
        throw missing;
      } catch (IOException | RuntimeException failure) {
        unusable =
            unusable == null ? UnusableLocationException.because(table.uri(), failure) : unusable;
      }
    }
    if (unusable != null) {
      throw unusable;
    }
    return this;
  }

  /** The columns of tables that go through to the output. */
  public StructType carried() {
    return carried.columns();
  }

  /** Whether members of archives, or rows of tables, go by their own names alone. */
  public boolean hasOwnKeys() {
    return columns.keys() == KeyRule.OWN;
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
      case TAR, ZIP -> many(file, () -> ArchiveFile.open(file, opener, settings, passedOver));
      case TABLE ->
          many(file, () -> TableFile.open(file, opener, columns, carried, settings.maximumBytes()));
    };
  }

  private ImageIterator many(ImageFile file, Retry.Attempt<ManyImages.Source> opening) {
    return new ManyImages(file, opening).map(image -> keyed(file, image));
  }

  /** What stands for images that a file of many could not give. */
  public StoredImage lost(ImageFile file, ImageContent reason) {
    return keyed(file, StoredImage.lost(file, reason));
  }

  private StoredImage keyed(ImageFile file, StoredImage image) {
    return hasOwnKeys() ? image.underOwnName(file) : image;
  }

  /** The names of a table's rows, without its images. */
  TableNames names(ImageFile table) throws IOException {
    return TableNames.open(table, opener(), columns);
  }

  private FileOpener opener() {
    return new FileOpener(
        hadoop.value().value(), new Retry(settings.retryTime(), Retry.Waiting.REAL));
  }

  /**
   * Members of archives that got no row, so far, and why; those of a task that Spark repeats count
   * twice.
   */
  public PassedOver membersPassedOver() {
    return passedOver.value();
  }
}
