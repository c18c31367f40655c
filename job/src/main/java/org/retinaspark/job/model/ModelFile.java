package org.retinaspark.job.model;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.dense.MeshModel;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.UnknownModelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model file that was read and understood.
 *
 * @param content the ONNX file
 * @param description what it is
 */
public record ModelFile(byte[] content, ModelDescription description) {

  private static final Logger LOG = LoggerFactory.getLogger(ModelFile.class);

  /** Larger files are no face detectors, and would not fit a broadcast. */
  private static final long LIMIT = 1L << 30;

  /**
   * Reads a model.
   *
   * @throws UsageException if the file can't be read or isn't understood
   */
  public static ModelFile read(
      String location, RecognitionOptions recognition, Configuration hadoop) {
    byte[] content =
        content(
            location,
            hadoop,
            "Give an ONNX file with --model FILE, or none for the one that deploy/fetch-assets"
                + " brings");
    String name = new Path(location).getName();
    try {
      ModelDescription model = ModelRecognition.tried(content, name, recognition);
      model.published().ifPresent(ModelFile::warnWhereRestricted);
      return new ModelFile(content, model);
    } catch (UnknownModelException unknown) {
      throw new UsageException(
          MeshModelFile.recognised(content, name)
              .map(ModelFile::misplaced)
              .orElse(String.valueOf(unknown.getMessage())),
          unknown);
    } catch (InvalidModelException | IllegalArgumentException unusable) {
      throw new UsageException(unusable.getMessage(), unusable);
    }
  }

  private static String misplaced(MeshModel mesh) {
    return ("model '%s' finds no faces in images, but looks at one face at a time (%s): nothing was"
            + " done. Give it with --mesh-model, and a face detector with --model, or none for the"
            + " one that deploy/fetch-assets brings")
        .formatted(mesh.name(), mesh.family().description());
  }

  private static void warnWhereRestricted(KnownModel published) {
    if (published.use() != KnownModel.Use.ANY) {
      LOG.warn(
          "model '{}' is licensed for {} by its authors ({}). Free for any use is --model {}",
          published.name(),
          published.licence(),
          published.source(),
          KnownModel.DEFAULT);
    }
  }

  /**
   * Reads the bytes of a file on this machine.
   *
   * @throws UsageException if it can't be read, or is larger than a model may be
   */
  static byte[] content(java.nio.file.Path file) {
    try {
      return content(new Path(LocalDisk.location(file)), new Configuration());
    } catch (IOException | IllegalArgumentException failure) {
      throw new UsageException(
          "'%s' can't be read (%s): nothing was done".formatted(file, failure.getMessage()),
          failure);
    }
  }

  /**
   * Reads the bytes of a file.
   *
   * @param remedy what the user can do if it can't be read
   * @throws UsageException if it can't, or is larger than a model may be
   */
  static byte[] content(String location, Configuration hadoop, String remedy) {
    try {
      return content(new Path(location), hadoop);
    } catch (IOException | IllegalArgumentException failure) {
      throw new UsageException(
          "model '%s' can't be read (%s): nothing was done. %s"
              .formatted(location, failure.getMessage(), remedy),
          failure);
    }
  }

  private static byte[] content(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    long length = files.getFileStatus(path).getLen();
    if (length > LIMIT) {
      throw new UsageException(
          "'%s' has %d bytes, more than the %d that a model may have: nothing was read"
              .formatted(path, length, LIMIT));
    }
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }
}
