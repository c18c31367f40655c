package org.retinaspark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where something lies, whatever it is called: two spellings of one location, with links, {@code
 * ..}, doubled slashes, another case of scheme and host, the default file system or a mount by
 * another name, are one place.
 *
 * @param store the kind of file system, and the host or bucket
 * @param path in it, absolute, with all links followed as far as they lead to something
 */
public record Place(String store, String path) implements Serializable {

  private static final String LOCAL = "file";

  /** Schemes by which one store goes. */
  private static final Map<String, String> SAME =
      Map.of(
          "s3",
          "s3a",
          "s3n",
          "s3a",
          "webhdfs",
          "hdfs",
          "swebhdfs",
          "hdfs",
          "abfss",
          "abfs",
          "wasbs",
          "wasb");

  /**
   * The place of a location; of a glob, the folders before its wildcards are followed.
   *
   * @throws UnusableLocationException if it is no location, or its file system doesn't answer
   */
  public static Place of(String location, Configuration hadoop) {
    try {
      return of(FileLocation.path(location), hadoop);
    } catch (IOException | IllegalArgumentException failure) {
      throw UnusableLocationException.because(location, failure);
    }
  }

  private static Place of(Path path, Configuration hadoop) throws IOException {
    Path full =
        path.toUri().getScheme() == null || !path.isAbsolute()
            ? path.getFileSystem(hadoop).makeQualified(path)
            : path;
    String scheme = full.toUri().getScheme().toLowerCase(Locale.ROOT);
    if (scheme.equals(LOCAL)) {
      return new Place(LOCAL, real(full.toUri().getPath()));
    }
    if (scheme.equals("viewfs")) {
      Path target = mounted(full, full.getFileSystem(hadoop));
      if (!target.toUri().getScheme().equals(scheme)) {
        return of(target, hadoop);
      }
    }
    return new Place(SAME.getOrDefault(scheme, scheme) + "://" + host(full, scheme), path(full));
  }

  private static String host(Path full, String scheme) {
    String authority = Objects.requireNonNullElse(full.toUri().getAuthority(), "");
    // One name node has a port for each of its protocols.
    String host =
        SAME.getOrDefault(scheme, scheme).equals("hdfs")
            ? authority.replaceFirst(":[0-9]+$", "")
            : authority;
    return host.toLowerCase(Locale.ROOT);
  }

  private static String path(Path full) {
    String path = full.toUri().getPath();
    return path.isEmpty() ? "/" : path;
  }

  /** Where a mount leads, of the part of a path that is there. */
  private static Path mounted(Path path, FileSystem files) throws IOException {
    try {
      return files.resolvePath(path);
    } catch (FileNotFoundException absent) {
      Path parent = path.getParent();
      return parent == null ? path : new Path(mounted(parent, files), path.getName());
    }
  }

  private static String real(String path) {
    try {
      java.nio.file.Path whole = java.nio.file.Path.of(path).toAbsolutePath().normalize();
      for (java.nio.file.Path part = whole; part != null; part = part.getParent()) {
        try {
          return part.toRealPath().resolve(part.relativize(whole)).normalize().toString();
        } catch (IOException absent) {
          // What isn't there leads nowhere; the folder above it may.
        }
      }
      return whole.toString();
    } catch (InvalidPathException noName) {
      return path;
    }
  }

  /** The folder that it lies in; of a root, the root. */
  public Place folder() {
    int end = path.lastIndexOf('/');
    return new Place(store, end > 0 ? path.substring(0, end) : "/");
  }

  /** Whether it is the same place. */
  public boolean isSame(Place other) {
    return equals(other) || (isLocalWith(other) && isSameFile(path, other.path));
  }

  /** Whether another place is this one, or lies below it. */
  public boolean holds(Place other) {
    if (!store.equals(other.store)) {
      return false;
    }
    String folder = path.endsWith("/") ? path : path + "/";
    return (other.path + "/").startsWith(folder) || (isLocalWith(other) && holdsFile(other.path));
  }

  private boolean isLocalWith(Place other) {
    return store.equals(LOCAL) && other.store.equals(LOCAL);
  }

  /** By what the kernel says: a folder may be mounted twice, and disks may not know cases. */
  private boolean holdsFile(String file) {
    try {
      for (var part = java.nio.file.Path.of(file); part != null; part = part.getParent()) {
        if (isSameFile(path, part.toString())) {
          return true;
        }
      }
      return false;
    } catch (InvalidPathException noName) {
      return false;
    }
  }

  private static boolean isSameFile(String one, String other) {
    try {
      return Files.isSameFile(java.nio.file.Path.of(one), java.nio.file.Path.of(other));
    } catch (IOException | InvalidPathException absent) {
      return false;
    }
  }
}
