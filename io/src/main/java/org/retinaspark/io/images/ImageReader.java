package org.retinaspark.io.images;

import static org.apache.hadoop.util.functional.FutureIO.awaitFuture;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads image files on executors, each with one request: what the listing knows of a file is handed
 * to the store, so that it isn't asked again.
 */
public final class ImageReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;

  private ImageReader(Broadcast<SerializableConfiguration> hadoop) {
    this.hadoop = hadoop;
  }

  /** A reader with the Hadoop configuration of a Spark application. */
  public static ImageReader of(SparkContext spark) {
    return new ImageReader(
        JavaSparkContext.fromSparkContext(spark)
            .broadcast(new SerializableConfiguration(spark.hadoopConfiguration())));
  }

  /**
   * Reads a whole file.
   *
   * @throws EOFException if it is shorter than the listing said
   * @throws FileNotFoundException if it is not there any more
   * @throws AccessDeniedException if it may not be read
   * @throws IOException if it can't be read for another reason
   */
  public byte[] read(ImageFile file) throws IOException {
    Path path = new Path(file.uri());
    FileSystem files = path.getFileSystem(hadoop.value().value());
    FileStatus known = new FileStatus(file.length(), false, 1, 0, file.modified(), path);
    try (FSDataInputStream in =
        awaitFuture(
            files
                .openFile(path)
                .opt(
                    OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                    OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_WHOLE_FILE)
                .withFileStatus(known)
                .build())) {
      byte[] content = in.readNBytes(Math.toIntExact(file.length()));
      if (content.length < file.length()) {
        throw new EOFException(
            "%s ends after %d of the %d bytes that the listing gave it"
                .formatted(file.uri(), content.length, file.length()));
      }
      return content;
    } catch (AccessControlException denied) {
      throw denied(file, denied);
    } catch (FileNotFoundException failure) {
      // What java.io says of a local file that exists but may not be read.
      if (String.valueOf(failure.getMessage()).endsWith("(Permission denied)")) {
        throw denied(file, failure);
      }
      throw failure;
    }
  }

  private static AccessDeniedException denied(ImageFile file, IOException cause) {
    AccessDeniedException denied = new AccessDeniedException(file.uri(), null, cause.getMessage());
    denied.initCause(cause);
    return denied;
  }
}
