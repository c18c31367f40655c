package org.retinaspark.job.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.detect.DetectAction;
import org.retinaspark.job.detect.DetectConfig;
import org.retinaspark.job.detect.DetectResult;

/**
 * The tables of a test, by their names in one folder, all of one input.
 *
 * @param folder where they are
 * @param scheme of their locations, with the colon and two slashes
 * @param same arguments of all runs
 */
record Tables(Path folder, String scheme, List<String> same) {

  DetectResult detect(String output, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(same);
    arguments.addAll(List.of("--output", location(output), "--provider", "cpu"));
    arguments.addAll(List.of("--retry-time", "0", "--progress", "none"));
    arguments.addAll(List.of(more));
    return new DetectAction(
            LocalSpark.session(),
            DetectConfig.of(arguments.toArray(String[]::new)),
            new PrintWriter(Writer.nullWriter()))
        .execute();
  }

  String location(String table) {
    return scheme + folder.resolve(table);
  }

  Dataset<Row> read(String table) {
    return TableLocation.of(
            location(table), LocalSpark.session().sparkContext().hadoopConfiguration())
        .read(LocalSpark.session());
  }

  /** All rows with all columns, as text, in the order of their keys. */
  List<String> rows(String table) {
    Dataset<Row> rows = read(table);
    List<Column> order = new ArrayList<>(List.of(functions.col("image")));
    if (List.of(rows.columns()).contains("index")) {
      order.add(functions.col("index"));
    }
    return rows.orderBy(order.toArray(Column[]::new)).toJSON().collectAsList();
  }

  JsonNode manifest(String table) {
    try {
      return new ObjectMapper().readTree(folder.resolve(table).resolve("_run.json").toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All files of a table with their times and lengths. */
  Map<String, String> files(String table) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder.resolve(table))) {
      for (Path file : found.toList()) {
        files.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
      return files;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Makes the lock of a run that died as old as it is when nobody renews it. */
  void expireLock(String table) throws IOException {
    Path locks = folder.resolve(table).resolve("_lock");
    if (Files.exists(locks)) {
      try (Stream<Path> files = Files.list(locks)) {
        for (Path lock : files.toList()) {
          Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }
      }
    }
  }
}
