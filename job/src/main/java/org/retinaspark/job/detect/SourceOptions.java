package org.retinaspark.job.detect;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageInputs;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.KeyRule;
import org.retinaspark.io.images.ManifestSettings;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.images.PathPattern;
import org.retinaspark.io.images.SourceFormat;
import org.retinaspark.job.Heading;
import org.retinaspark.job.options.DecidesRows;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code detect} that say where images are looked for, and what they are called. */
public final class SourceOptions {

  @Heading("Input")
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description =
          "Files, folders with all below them, or globs: local, file:, hdfs:, s3a:. Several may"
              + " follow, or the option may be repeated.")
  private List<String> locations = List.of();

  @Option(
      names = "--input-format",
      paramLabel = "auto|files|manifest|tar|zip|parquet",
      defaultValue = "auto",
      description =
          "How the input holds its images. auto: a folder's images or, without any, its tar and zip"
              + " archives; of a file itself by its ending, .csv and .txt being manifests"
              + " (default: ${DEFAULT-VALUE}).")
  private SourceFormat format = SourceFormat.AUTO;

  @DecidesRows
  @Option(
      names = "--path-column",
      paramLabel = "NAME",
      description =
          "A manifest's column of image paths (default: path, uri, image or file_name). Columns"
              + " length, etag, width and height are used; others go through to the table.")
  private @Nullable String pathColumn;

  @Option(
      names = "--manifest-root",
      arity = "1..*",
      paramLabel = "URI",
      description =
          "Folders that a manifest's paths may lead to, beside the one that it is in; others get"
              + " failed rows, and nothing is read there. Only for manifests that you trust.")
  private List<String> manifestRoots = List.of();

  @Option(
      names = "--csv-separator",
      paramLabel = "CHARACTER|tab",
      defaultValue = ",",
      converter = Separator.class,
      description =
          "What stands between the fields of a .csv manifest (default: a comma; of a .tsv a tab).")
  private char csvSeparator = ',';

  @DecidesRows
  @Option(
      names = "--content-column",
      paramLabel = "NAME",
      description = "A Parquet table's column of images (default: the only one of bytes).")
  private @Nullable String contentColumn;

  @DecidesRows
  @Option(
      names = "--key-column",
      paramLabel = "NAME",
      description =
          "A Parquet table's column of image names (default: path, uri, key, id, file_name,"
              + " image.path; else rows are numbered).")
  private @Nullable String keyColumn;

  @DecidesRows
  @Option(
      names = "--keys",
      paramLabel = "auto|own|path",
      defaultValue = "auto",
      description =
          "The key of an image in an archive or table. own: the member's or row's own name alone,"
              + " which has to be unlike all others; path: the file's path, a slash, that name."
              + " auto: own for tables with a key column, else path (default: ${DEFAULT-VALUE}).")
  private KeyRule keys = KeyRule.AUTO;

  @Option(
      names = "--carry",
      paramLabel = "LIST|all",
      split = ",",
      description =
          "Columns of a Parquet table that go through to the output; all means all but those of"
              + " images and keys (default: none).")
  private List<String> carried = List.of();

  @DecidesRows
  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "What the table's column 'split' says.")
  private @Nullable String split;

  @Heading("Which files are images")
  @Option(
      names = "--extensions",
      paramLabel = "LIST|any",
      split = ",",
      description =
          "Files of a folder and members of an archive whose names end so are images; any: whatever"
              + " the ending (default: those of the known formats; with --pattern: any).")
  private Set<String> extensions = Set.of();

  @Option(
      names = "--pattern",
      paramLabel = "GLOB",
      description =
          "Only what matches is an image, whatever the ending: the path below the input, or in the"
              + " archive, where the glob has a slash, else the name. '*' stands for anything,"
              + " folders too: 'IMG_*', 'cam1/*', '**/*.{jpg,dat}'. With --extensions, both count.")
  private @Nullable String pattern;

  @Option(
      names = "--any-name",
      description =
          "Every file of a folder and member of an archive is an image, and its content says of"
              + " which format; the same as --extensions any. What tables and operating systems"
              + " keep there is not.")
  private boolean anyName;

  /**
   * Checks what is more than a range.
   *
   * @throws IllegalArgumentException naming the options and their values
   */
  void requireValid() {
    if (anyName && !extensions.isEmpty()) {
      throw new IllegalArgumentException(
          "--any-name takes every ending, and --extensions %s only some; give one of them"
              .formatted(String.join(",", extensions)));
    }
    pathPattern();
  }

  /** The places, and how they hold images. */
  public ImageInputs inputs() {
    return new ImageInputs(
        locations,
        format,
        filter(),
        new InputColumns(pathColumn, contentColumn, keyColumn, keys, carried),
        new ManifestSettings(manifestRoots, csvSeparator));
  }

  /** A character by itself, or the one that a command line hardly takes by its name. */
  static final class Separator implements ITypeConverter<Character> {

    @Override
    public Character convert(String value) {
      if (value.equals("tab") || value.equals("\\t")) {
        return '\t';
      }
      if (value.length() != 1 || "\"\n\r".contains(value)) {
        throw new TypeConversionException(
            "'%s' can't separate fields: it must be one character, as ; or |, or tab"
                .formatted(value));
      }
      return value.charAt(0);
    }
  }

  private NameFilter filter() {
    if (anyName || (extensions.isEmpty() && pattern != null)) {
      return new NameFilter(Set.of(), pathPattern());
    }
    if (extensions.isEmpty()) {
      return NameFilter.IMAGES;
    }
    Set<String> endings = new TreeSet<>();
    for (String extension : extensions) {
      endings.add(extension.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\.", ""));
    }
    return new NameFilter(endings.contains("any") ? Set.of() : endings, pathPattern());
  }

  private @Nullable PathPattern pathPattern() {
    try {
      return pattern == null ? null : new PathPattern(pattern);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "--pattern is '%s', which is no glob (%s)".formatted(pattern, wrong.getMessage()), wrong);
    }
  }

  /** What the table's column of that name says. */
  @Nullable String split() {
    return split;
  }
}
