package org.retinaspark.job;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.apache.spark.util.Utils;

/**
 * Finds a file that the driver reads and that may have come with the application, by {@code
 * --files} of spark-submit: then its name alone is given, and where it lies depends on cluster and
 * mode.
 */
public final class FileLookup {

  /** What {@code --files} becomes, by cluster manager. */
  private static final List<String> FILES = List.of("spark.files", "spark.yarn.dist.files");

  private final SparkConf settings;
  private final Configuration hadoop;

  /** Among the files of this application. */
  public FileLookup(SparkContext context) {
    this.settings = context.getConf();
    this.hadoop = context.hadoopConfiguration();
  }

  /**
   * Where a file lies: among Spark's files, where the location says, or in the working folder.
   *
   * @param location a URI or an absolute path, which is returned as it is, or a relative path
   * @throws UsageException naming option and all places, if there is none
   */
  public String find(String option, String location) {
    if (!isRelative(location)) {
      return location;
    }
    Set<Path> places = places(location);
    for (Path place : places) {
      if (exists(place)) {
        return place.toString();
      }
    }
    throw new UsageException(
        ("%s '%s' is not there: nothing was done. Looked for %s. Give its whole URI, or bring it"
                + " along with --files of spark-submit")
            .formatted(
                option,
                location,
                places.stream().map(Path::toString).collect(Collectors.joining(", "))));
  }

  private static boolean isRelative(String location) {
    try {
      Path path = new Path(location);
      return path.toUri().getScheme() == null && !path.isAbsolute();
    } catch (IllegalArgumentException wrong) {
      return false; // whoever opens it says what is wrong
    }
  }

  private Set<Path> places(String location) {
    Path workingFolder = local(new File(location).getAbsolutePath());
    Set<Path> places = new LinkedHashSet<>();
    places.add(local(SparkFiles.get(location)));
    for (Path shipped : shipped(location)) {
      // In a container, YARN has put it in the working folder.
      places.add(isClusterMode() ? workingFolder : shipped);
    }
    places.add(asGiven(location));
    places.add(workingFolder);
    return places;
  }

  private List<Path> shipped(String name) {
    return FILES.stream()
        .flatMap(setting -> Stream.of(settings.get(setting, "").split(",")))
        .filter(file -> !file.isBlank())
        .map(Utils::resolveURI)
        .filter(file -> name.equals(nameInContainer(file)))
        .map(file -> new Path(file.getScheme(), file.getAuthority(), file.getPath()))
        .toList();
  }

  /** What follows a {@code #}, else the last part of the path. */
  private static String nameInContainer(URI file) {
    return file.getFragment() == null ? new Path(file.getPath()).getName() : file.getFragment();
  }

  private boolean isClusterMode() {
    return settings.get("spark.submit.deployMode", "client").equals("cluster");
  }

  private Path asGiven(String location) {
    Path path = new Path(location);
    try {
      return path.getFileSystem(hadoop).makeQualified(path);
    } catch (IOException unreachable) {
      return path;
    }
  }

  private static Path local(String file) {
    return new Path(new File(file).toURI());
  }

  private boolean exists(Path place) {
    try {
      return place.getFileSystem(hadoop).exists(place);
    } catch (IOException unreachable) {
      return false;
    }
  }
}
