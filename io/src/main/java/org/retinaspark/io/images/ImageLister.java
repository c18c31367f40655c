package org.retinaspark.io.images;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.UnusableLocationException;

/**
 * Lists inputs on any file system that Hadoop knows, without opening an image. Names that begin
 * with {@code _} or {@code .} are hidden, as everywhere in Hadoop, unless they are in the input's
 * own name.
 */
public final class ImageLister {

  private final Configuration hadoop;
  private final ImageInputs inputs;
  private final ManifestReader manifests;

  /** A lister of these inputs; the session reads manifests. */
  public ImageLister(SparkSession spark, ImageInputs inputs) {
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.inputs = inputs;
    this.manifests = new ManifestReader(spark, inputs.columns());
  }

  /**
   * Lists all inputs.
   *
   * @throws UnusableLocationException if there is no such place, it can't be listed, no image is
   *     there, or two images have the same key
   */
  public ImageListing list() {
    List<ImageFile> files = new ArrayList<>();
    long passedOver = 0;
    StructType carried = new StructType();
    for (String location : inputs.locations()) {
      ImageListing found = list(location);
      files.addAll(found.files());
      passedOver += found.passedOver();
      if (!carried.isEmpty() && !found.carried().isEmpty() && !carried.equals(found.carried())) {
        throw new UnusableLocationException(
            ("manifest '%s' has the further columns %s, and one before it %s: nothing was read."
                    + " Give them the same columns, or read them one by one")
                .formatted(location, found.carried().catalogString(), carried.catalogString()));
      }
      carried = carried.isEmpty() ? found.carried() : carried;
    }
    files.sort(Comparator.comparing(ImageFile::image));
    RepeatedKeys.refuse(files);
    return new ImageListing(files, passedOver, carried);
  }

  private ImageListing list(String location) {
    ImageListing found;
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop);
      found = list(files.makeQualified(path), files);
    } catch (IOException | IllegalArgumentException failure) {
      throw new UnusableLocationException(
          "input '%s' can't be listed (%s): nothing was read. Check the path and the access to it"
              .formatted(location, failure.getMessage()),
          failure);
    }
    if (found.files().isEmpty()) {
      throw nothing(location, found.passedOver());
    }
    return found;
  }

  private ImageListing list(Path input, FileSystem files) throws IOException {
    FileStatus literal = status(files, input);
    if (literal == null) {
      FileStatus[] matches = files.globStatus(input);
      if (matches == null || matches.length == 0) {
        throw new FileNotFoundException("there is no such file or folder, and no match for a glob");
      }
      return inputs.format() == SourceFormat.MANIFEST
          ? manifests.read(matches)
          : gather(files, fixedPart(input), matches);
    }
    if (inputs.format() == SourceFormat.MANIFEST || manifestByName(literal)) {
      return manifests.read(literal);
    }
    Path root = literal.isDirectory() ? input : input.getParent();
    return gather(files, root, literal);
  }

  private ImageListing gather(FileSystem files, Path root, FileStatus... starts)
      throws IOException {
    FoundFiles found = new FoundFiles(root);
    for (FileStatus start : starts) {
      if (start.isDirectory()) {
        FolderTree.visit(
            files,
            start.getPath(),
            file ->
                found.add(file, inputs.format().met(file.getPath().getName(), inputs.filter())));
      } else {
        found.add(start, inputs.format().named(start.getPath().getName()));
      }
    }
    if (inputs.format() == SourceFormat.AUTO) {
      found.preferImages();
    }
    return new ImageListing(found.files(), found.passedOver(), new StructType());
  }

  /** Whether a file that the user names himself is a manifest, where he doesn't say its format. */
  private boolean manifestByName(FileStatus file) {
    String name = file.getPath().getName();
    if (inputs.format() != SourceFormat.AUTO || file.isDirectory()) {
      return false;
    }
    if (name.endsWith(".parquet")) {
      throw new UnusableLocationException(
          ("input '%s' may name images or hold them: nothing was read. Say which by --input-format"
                  + " manifest or --input-format parquet")
              .formatted(file.getPath()));
    }
    return name.endsWith(".csv") || name.endsWith(".txt");
  }

  private UnusableLocationException nothing(String location, long passedOver) {
    String rule =
        switch (inputs.format()) {
          case AUTO, FILES ->
              ("names that end in one of %s count; --extensions takes others, or 'any', and"
                      + " --input-format other things than images")
                  .formatted(inputs.filter());
          case MANIFEST -> "rows with a path count";
          case TAR -> "names that end in .tar, .tar.gz or .tgz count under --input-format tar";
          case ZIP -> "names that end in .zip count under --input-format zip";
          case PARQUET -> "names that end in .parquet count under --input-format parquet";
        };
    return new UnusableLocationException(
        "input '%s' has no images: nothing was done. %d files were passed over, since only %s"
            .formatted(location, passedOver, rule));
  }

  private static @Nullable FileStatus status(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException absent) {
      return null;
    }
  }

  /** The folders of a glob before its first wildcard. */
  private static Path fixedPart(Path glob) {
    Path fixed = glob;
    while (fixed.toUri().getPath().matches(".*[*?\\[{\\\\].*") && fixed.getParent() != null) {
      fixed = fixed.getParent();
    }
    return fixed;
  }
}
