package org.retinaspark.io.labels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.table.TableLocation;

/** Reads the digests of photos that are held out, or makes them where the photos lie. */
final class HeldOutReader {

  /** {@code sha256sum}'s lines: a backslash before names with escapes, then digest and name. */
  private static final Pattern LINE = Pattern.compile("\\\\?([0-9a-fA-F]{64})(?:[ \t].*)?");

  private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\.(tar|tar\\.gz|tgz|zip)");
  private static final String TABLE_PART = ".parquet";

  /** Two million lines of a digest and a path. */
  private static final long LONGEST_LIST = 1L << 30;

  private static final int FILES_A_TASK = 200;

  private final SparkSession spark;
  private final String location;
  private final Configuration hadoop;

  HeldOutReader(SparkSession spark, String location) {
    this.spark = spark;
    this.location = location;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  Set<String> digests() throws IOException {
    FileLocation file = FileLocation.of(location, hadoop);
    FileStatus status = file.files().getFileStatus(file.path());
    if (!status.isDirectory()) {
      if (status.getLen() > LONGEST_LIST) {
        throw wrong("has %,d bytes, which is no list of digests".formatted(status.getLen()));
      }
      try (InputStream in = file.files().open(file.path())) {
        return listed(in);
      }
    }
    List<String> files = files(file);
    if (files.stream().anyMatch(name -> name.endsWith(TABLE_PART))) {
      files = images();
    }
    if (files.stream().anyMatch(name -> ARCHIVE.matcher(name).matches())) {
      throw wrong(
          "has photos in archives, whose digests would be those of the archives; unpack them, or"
              + " give a list of the photos' digests");
    }
    return digests(files);
  }

  private Set<String> listed(InputStream in) throws IOException {
    Set<String> digests = new HashSet<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      Matcher matcher = LINE.matcher(line.strip());
      if (matcher.matches()) {
        digests.add(matcher.group(1).toLowerCase(Locale.ROOT));
        requireRoom(digests.size());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw wrong(
            "has in line %d \"%s\", which is no line of sha256sum"
                .formatted(number, line.substring(0, Math.min(line.length(), 80))));
      }
    }
    return digests;
  }

  private List<String> files(FileLocation folder) throws IOException {
    List<String> found = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> files = folder.files().listFiles(folder.path(), true);
    while (files.hasNext()) {
      found.add(files.next().getPath().toString());
      requireRoom(found.size());
    }
    return found;
  }

  /** Where the images of a table are. */
  private List<String> images() {
    List<String> found = new ArrayList<>();
    for (Row row :
        TableLocation.of(location, hadoop)
            .read(spark)
            .select(ColumnNames.URI, ColumnNames.CONTAINER)
            .distinct()
            .limit(HeldOut.MOST_PHOTOS + 1)
            .collectAsList()) {
      found.add(row.isNullAt(1) ? row.getString(0) : row.getString(1));
    }
    requireRoom(found.size());
    return found;
  }

  private Set<String> digests(List<String> files) {
    return new HashSet<>(
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(files, 1 + files.size() / FILES_A_TASK)
            .map(new FileDigest(new SerializableConfiguration(hadoop)))
            .collect());
  }

  private void requireRoom(int photos) {
    if (photos > HeldOut.MOST_PHOTOS) {
      throw wrong(
          "has more than %,d photos, which executors would hold".formatted(HeldOut.MOST_PHOTOS));
    }
  }

  private GroundTruthException wrong(String why) {
    return new GroundTruthException(
        "--held-out %s %s: nothing was done, since photos would be fitted on that must not be"
            .formatted(location, why));
  }

  /** The digest of a file, read as a stream. */
  private static final class FileDigest implements Function<String, String> {

    private static final long serialVersionUID = 1L;

    private final SerializableConfiguration hadoop;

    FileDigest(SerializableConfiguration hadoop) {
      this.hadoop = hadoop;
    }

    @Override
    public String call(String file) throws IOException {
      MessageDigest digest = HeldOut.sha256();
      FileLocation location = FileLocation.of(file, hadoop.value());
      try (InputStream in = new DigestInputStream(location.files().open(location.path()), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
