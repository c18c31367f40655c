package org.retinaspark.io.images;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.Secrets;

/**
 * Where the paths of one manifest lead, and whether they may: below the folder that the manifest is
 * in, or below others that the user allows. Who writes a manifest decides what is read with the
 * rights of who runs the job.
 *
 * <p>Paths are names, never percent-encoded. One with a scheme is whole, one with a leading slash
 * is on the manifest's file system, all others are relative to its folder.
 */
final class ManifestPaths implements UDF1<String, Row> {

  /** What a path becomes: see {@link UnitColumns}. */
  static final StructType RESOLVED =
      new StructType()
          .add(UnitColumns.PREFIX, DataTypes.StringType)
          .add(UnitColumns.PATH, DataTypes.StringType)
          .add(UnitColumns.WITHIN, DataTypes.createArrayType(DataTypes.StringType))
          .add(UnitColumns.REFUSAL, DataTypes.StringType);

  private static final long serialVersionUID = 1L;

  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*", Pattern.DOTALL);

  private static final String SECRETS =
      "has a user's name, a password or a signature in it, which are not shown: it was not read."
          + " Give credentials by the provider chain of the store, and paths without them";

  private final String folder;
  private final String fileSystem;
  private final URI defaultFileSystem;
  private final String[] roots;
  private final String outside;

  /**
   * Paths of a manifest.
   *
   * @param roots where they may lead beside the manifest's own folder
   * @param defaultFileSystem what Hadoop takes where a URI names no host
   */
  ManifestPaths(Path manifest, List<Path> roots, URI defaultFileSystem) {
    Path own = Objects.requireNonNullElse(manifest.getParent(), manifest);
    URI uri = manifest.toUri();
    this.folder = own.toString().endsWith("/") ? own.toString() : own + "/";
    this.fileSystem =
        uri.getScheme() + ":" + (uri.getAuthority() == null ? "" : "//" + uri.getAuthority());
    this.defaultFileSystem = defaultFileSystem;
    this.roots =
        Stream.concat(Stream.of(own), roots.stream()).map(Path::toString).toArray(String[]::new);
    this.outside =
        ("is not below '%s', where the manifest is%s: it was not read. If you trust the manifest,"
                + " allow a folder above it by --manifest-root")
            .formatted(own, roots.isEmpty() ? "" : ", nor below a --manifest-root");
  }

  @Override
  public @Nullable Row call(@Nullable String name) {
    if (name == null) {
      return null;
    }
    if (Secrets.areIn(name)) {
      String shown = Secrets.hide(name);
      return RowFactory.create(prefix(shown), shown, null, SECRETS);
    }
    String prefix = prefix(name);
    boolean allowed = isAllowed(prefix + name);
    return RowFactory.create(prefix, name, roots, allowed ? null : outside);
  }

  /** What makes a path a URI. */
  private String prefix(String name) {
    if (name.startsWith("/")) {
      return fileSystem;
    }
    return SCHEME.matcher(name).matches() ? "" : folder;
  }

  /** Whether it is below one of the roots; what can't be a path is below none. */
  private boolean isAllowed(String uri) {
    try {
      return new AllowedFolders(List.of(roots)).contain(qualified(new Path(uri)));
    } catch (IllegalArgumentException noPath) {
      return false;
    }
  }

  private Path qualified(Path path) {
    return defaultFileSystem.getScheme().equals(path.toUri().getScheme())
        ? path.makeQualified(defaultFileSystem, new Path("/"))
        : path;
  }
}
