package org.retinaspark.io.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.LocalDisk;

/**
 * Writes a table of faces again in several ways and prints what each takes: {@code StorageBenchmark
 * TABLE [COPIES] [ROUNDS]}. Bytes are those of Parquet's pages; seconds are medians, of a file a
 * copy on two cores.
 */
public final class StorageBenchmark {

  private static final String DICTIONARY = "parquet.enable.dictionary";
  private static final String SPLIT = "parquet.enable.bytestreamsplit";
  private static final String VECTORIZED = "spark.sql.parquet.enableVectorizedReader";

  private final SparkSession spark;
  private final Dataset<Row> rows;
  private final Path folder;

  private StorageBenchmark(SparkSession spark, Dataset<Row> rows, Path folder) {
    this.spark = spark;
    this.rows = rows;
    this.folder = folder;
  }

  /** Runs it, once to warm up. */
  public static void main(String[] arguments) throws IOException {
    int copies = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("storage benchmark")
            // A file a copy: in one file, copies would be compressed against each other.
            .config("spark.sql.unionOutputPartitioning", false)
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .getOrCreate();
    Dataset<Row> once = spark.read().parquet(arguments[0]).coalesce(1);
    Dataset<Row> rows = once;
    for (int copy = 1; copy < copies; copy++) {
      rows = rows.union(once);
    }
    rows = rows.cache();
    System.out.printf("%,d rows%n", rows.count());
    Path folder = Files.createTempDirectory("storage");
    try {
      new StorageBenchmark(spark, rows, folder).run(rounds);
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
      spark.stop();
    }
  }

  private void run(int rounds) throws IOException {
    Map<String, Map<String, String>> ways = ways();
    Map<String, List<Double>> written = new LinkedHashMap<>();
    Map<String, List<Double>> read = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, Map<String, String>> way : ways.entrySet()) {
        double writing = write(way.getKey(), way.getValue());
        for (boolean vectorized : List.of(true, false)) {
          String reader = way.getKey() + (vectorized ? ", vectorized" : ", row by row");
          double reading = read(way.getKey(), vectorized);
          if (round > 0) {
            read.computeIfAbsent(reader, name -> new ArrayList<>()).add(reading);
          }
        }
        if (round > 0) {
          written.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(writing);
        }
      }
    }
    for (String way : ways.keySet()) {
      print(way, written, read);
    }
  }

  /** The table's own options, and what is another in each way. */
  private Map<String, Map<String, String>> ways() {
    Map<String, Map<String, String>> ways = new LinkedHashMap<>();
    Map<String, String> dictionaries = new HashMap<>(own());
    dictionaries.keySet().removeIf(option -> option.startsWith(DICTIONARY));
    ways.put("dictionaries", dictionaries);
    for (String level : List.of("1", "3", "9")) {
      Map<String, String> plain = new HashMap<>(own());
      plain.put("parquet.compression.codec.zstd.level", level);
      ways.put("zstd " + level, plain);
      Map<String, String> split = new HashMap<>(plain);
      split.put(SPLIT, "true");
      ways.put("split, zstd " + level, split);
    }
    Map<String, String> none = new HashMap<>(own());
    none.put("compression", "none");
    ways.put("uncompressed", none);
    return ways;
  }

  private Map<String, String> own() {
    return ParquetOptions.of(rows.schema(), Compression.ZSTD, new LocalDisk());
  }

  private double write(String way, Map<String, String> options) {
    long start = System.nanoTime();
    rows.write().mode(SaveMode.Overwrite).options(options).parquet(folder.resolve(way).toString());
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds to read all columns; NaN if this reader can't. */
  private double read(String way, boolean vectorized) {
    spark.conf().set(VECTORIZED, vectorized);
    long start = System.nanoTime();
    try {
      Dataset<Row> table = spark.read().parquet(folder.resolve(way).toString());
      table.write().format("noop").mode(SaveMode.Overwrite).save();
    } catch (Exception failure) {
      System.err.println(way + ": " + failure);
      return Double.NaN;
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private void print(String way, Map<String, List<Double>> written, Map<String, List<Double>> read)
      throws IOException {
    Map<String, Long> bytes = bytes(folder.resolve(way));
    System.out.printf(
        Locale.ROOT,
        "%-14s %,12d bytes, write %.2f s, read %.2f s vectorized, %.2f s row by row%n",
        way,
        bytes.values().stream().mapToLong(Long::longValue).sum(),
        median(written, way),
        median(read, way + ", vectorized"),
        median(read, way + ", row by row"));
    bytes.forEach((column, size) -> System.out.printf("    %-60s %,12d%n", column, size));
  }

  private static Map<String, Long> bytes(Path table) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
        try (ParquetFileReader reader =
            ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
          for (BlockMetaData block : reader.getFooter().getBlocks()) {
            for (ColumnChunkMetaData column : block.getColumns()) {
              bytes.merge(group(column.getPath().toDotString()), column.getTotalSize(), Long::sum);
            }
          }
        }
      }
    }
    return bytes;
  }

  /** What a column is called here: x and y, and the corners of a box, are together. */
  private static String group(String column) {
    return column
        .replace(".list.element", "")
        .replaceAll("(landmarks|box|pose)\\..*", "$1")
        .replaceAll("^(?!faces).*", "of the image");
  }

  /** NaN where there were no rounds. */
  private static double median(Map<String, List<Double>> seconds, String what) {
    List<Double> sorted = new ArrayList<>(seconds.getOrDefault(what, List.of()));
    Collections.sort(sorted);
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
