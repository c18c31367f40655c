package org.retinaspark.io.images;

import static org.apache.spark.sql.functions.col;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.FileNameEncoding;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.folders.FolderTree;
import org.retinaspark.io.folders.FoundFile;
import org.retinaspark.io.folders.Glob;
import org.retinaspark.io.folders.LocalTree;
import org.retinaspark.io.folders.PassedOver;
import org.retinaspark.io.folders.PassedOver.Reason;
import org.retinaspark.io.folders.PassedOverCounter;

/**
 * Lists inputs on any file system that Hadoop knows, without opening an image. What gets no row is
 * counted by reason, and nothing else is left out.
 */
public final class ImageLister {

  private final SparkSession spark;
  private final Configuration hadoop;
  private final ImageInputs inputs;
  private final Path workplace;

  /**
   * A lister of these inputs.
   *
   * @param workplace a folder for what is found, which executors reach and nobody else uses; stays
   *     when the listing is made, since that reads it
   */
  public ImageLister(SparkSession spark, ImageInputs inputs, Path workplace) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.inputs = inputs;
    this.workplace = workplace;
  }

  /**
   * What one location has.
   *
   * @param units its units without their keys
   * @param count how many files it has
   * @param passedOver what else is there
   * @param carried further columns
   */
  record Found(Dataset<Row> units, long count, PassedOver passedOver, StructType carried) {}

  /**
   * Lists all inputs.
   *
   * @throws UnusableLocationException if there is no such place, it can't be listed, no image is
   *     there, or two images have the same key
   */
  public ImageListing list() {
    List<Found> all = new ArrayList<>();
    StructType carried = new StructType();
    for (String location : inputs.locations()) {
      Found found = list(location, new Path(workplace, String.valueOf(all.size())));
      carried = ManifestReader.agreed(carried, found.carried(), location);
      all.add(found);
    }
    Dataset<Row> units =
        all.stream()
            .map(Found::units)
            .reduce((one, other) -> one.unionByName(other, true))
            .orElseThrow()
            .withColumn(UnitColumns.IMAGE, UnitColumns.image());
    UnitCounts counts = UnitCounts.of(units);
    PassedOverCounter passedOver = new PassedOverCounter();
    all.forEach(found -> passedOver.add(found.passedOver()));
    return new ImageListing(
        units, counts.units(), counts.bytes(), counts.many(), passedOver.value(), carried);
  }

  private Found list(String location, Path folder) {
    Found found;
    try {
      found = list(FileLocation.of(location, hadoop), folder);
    } catch (IOException | IllegalArgumentException failure) {
      throw new UnusableLocationException(
          "input '%s' can't be listed (%s): nothing was read. Check the path and the access to it"
              .formatted(location, failure.getMessage()),
          failure);
    }
    if (found.count() == 0) {
      throw nothing(location, found.passedOver());
    }
    return found;
  }

  private Found list(FileLocation input, Path folder) throws IOException {
    if (input.isLocal()) {
      FileNameEncoding.HERE.require(input.path().toString());
    }
    FileStatus literal = status(input);
    if (literal == null) {
      PassedOverCounter passedOver = new PassedOverCounter();
      Glob glob = new Glob(input.files(), input.path(), passedOver);
      Collection<FileStatus> matches = glob.matches();
      if (matches.isEmpty() && passedOver.isZero()) {
        throw new FileNotFoundException("there is no such file or folder, and no match for a glob");
      }
      return inputs.format() == SourceFormat.MANIFEST
          ? manifest(folder, matches.toArray(FileStatus[]::new))
          : gather(input, glob.fixedPart(), folder, matches, passedOver);
    }
    if (inputs.format() == SourceFormat.MANIFEST || manifestByName(literal)) {
      return manifest(folder, literal);
    }
    Path root = literal.isDirectory() ? input.path() : input.path().getParent();
    return gather(input, root, folder, List.of(literal), new PassedOverCounter());
  }

  private Found manifest(Path folder, FileStatus... manifests) throws IOException {
    return new ManifestReader(spark, inputs, folder).read(manifests);
  }

  private Found gather(
      FileLocation input,
      Path root,
      Path folder,
      Collection<FileStatus> starts,
      PassedOverCounter passedOver)
      throws IOException {
    Set<Path> folders =
        starts.stream()
            .filter(FileStatus::isDirectory)
            .map(FileStatus::getPath)
            .collect(Collectors.toSet());
    FoundFiles found = new FoundFiles(inputs, root, folder, passedOver, hadoop);
    try (found) {
      FolderTree.visit(input.files(), root, folders, found);
      for (FileStatus start : starts) {
        FoundFile file = FoundFile.of(start, FolderTree.below(start.getPath(), root));
        if (start.isDirectory()
            || (FolderTree.isBelow(folders, start.getPath()) && found.reason(file).isEmpty())) {
          continue;
        }
        Optional<Reason> reason = reason(input, start.getPath(), file);
        if (reason.isPresent()) {
          found.passOver(reason.get(), file.path());
        } else {
          found.acceptNamed(file);
        }
      }
    }
    if (inputs.format() == SourceFormat.AUTO) {
      found.preferImages();
    }
    Dataset<Row> units =
        spark.read().schema(UnitColumns.schema(new StructType())).parquet(folder.toString());
    Object[] formats = found.formats().stream().map(FileFormat::name).toArray();
    return new Found(
        units.where(col(UnitColumns.FORMAT).isin(formats)),
        found.count(),
        passedOver.value(),
        new StructType());
  }

  /** Why a file that the user names, himself or by a glob, gets no row. */
  private static Optional<Reason> reason(FileLocation input, Path path, FoundFile file) {
    if (input.isLocal() && LocalTree.isSpecial(path)) {
      return Optional.of(Reason.SPECIAL);
    }
    return path.equals(input.path()) ? Optional.empty() : NameFilter.hides(file.path());
  }

  /** Whether a file that the user names himself is a manifest, where he doesn't say its format. */
  private boolean manifestByName(FileStatus file) {
    String name = file.getPath().getName().toLowerCase(Locale.ROOT);
    if (inputs.format() != SourceFormat.AUTO || file.isDirectory()) {
      return false;
    }
    if (name.endsWith(".parquet")) {
      throw new UnusableLocationException(
          ("input '%s' may name images or hold them: nothing was read. Say which by --input-format"
                  + " manifest or --input-format parquet")
              .formatted(file.getPath()));
    }
    return ManifestReader.isText(name);
  }

  private UnusableLocationException nothing(String location, PassedOver passedOver) {
    String rule =
        switch (inputs.format()) {
          case AUTO, FILES ->
              ("%s count; --extensions takes others, --any-name all, and --input-format other"
                      + " things than images")
                  .formatted(inputs.filter());
          case MANIFEST -> "rows with a path count";
          case TAR -> "names that end in .tar, .tar.gz or .tgz count under --input-format tar";
          case ZIP -> "names that end in .zip count under --input-format zip";
          case PARQUET -> "names that end in .parquet count under --input-format parquet";
        };
    return new UnusableLocationException(
        "input '%s' has no images: nothing was done. Files there: %s. Here %s"
            .formatted(location, passedOver, rule));
  }

  private static @Nullable FileStatus status(FileLocation input) throws IOException {
    try {
      return input.files().getFileStatus(input.path());
    } catch (FileNotFoundException absent) {
      return null;
    }
  }
}
