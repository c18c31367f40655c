package org.retinaspark.io.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.types.Metadata;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.TableSchema;

/**
 * A table of a catalog, to which a table of faces is copied in one commit of the catalog. Its
 * properties {@code retinaspark.run}, {@code retinaspark.model_sha256} and so on say what made the
 * rows, as each Parquet file does.
 */
public final class CatalogTable {

  static final String PROPERTY = TableSchema.ORIGIN + ".";

  /** Of Iceberg: what goes into the summary of the snapshot that a write makes. */
  private static final String OF_SNAPSHOT = "snapshot-property.";

  /** Of Delta: what goes into the history beside the version that a write makes. */
  private static final String OF_VERSION = "userMetadata";

  private final SparkSession spark;
  private final CatalogName name;

  private CatalogTable(SparkSession spark, CatalogName name) {
    this.spark = spark;
    this.name = name;
  }

  /**
   * A table's place in a catalog, whether there is one or not.
   *
   * @param name as SQL has it, {@code catalog.database.table}
   * @throws UnusableLocationException if the session has no such catalog; the message has the
   *     settings that would configure it
   */
  public static CatalogTable of(SparkSession spark, String name) {
    return new CatalogTable(
        spark,
        CatalogName.of(((org.apache.spark.sql.classic.SparkSession) spark).sessionState(), name));
  }

  /**
   * Copies rows.
   *
   * @param rows of a table of faces, as {@link org.retinaspark.io.table.TableLocation#read} has
   *     them
   * @param provider what the catalog makes of it, as {@code USING} says in SQL; empty for the
   *     catalog's own choice
   * @return how many of these rows the table has now, counted in the table
   * @throws UnusableLocationException if the table may not be written so; nothing was
   */
  public long write(Dataset<Row> rows, CatalogPolicy policy, Optional<String> provider) {
    requireAllowed(policy);
    Map<String, String> origin = properties(rows);
    if (policy == CatalogPolicy.APPEND) {
      new Appending(name, spark.table(name.name())).require(rows, origin);
    }
    // What a column of the table says of its origin would be said of rows that are appended.
    Dataset<Row> plain = rows.withMetadata(ColumnNames.IMAGE, Metadata.empty());
    commit(plain.writeTo(name.name()), policy, provider, origin);
    Dataset<Row> written = spark.table(name.name());
    return policy == CatalogPolicy.APPEND
        ? written.join(rows.select(ColumnNames.IMAGE).distinct(), keys(), "left_semi").count()
        : written.count();
  }

  static String[] keys() {
    return new String[] {ColumnNames.IMAGE};
  }

  private void requireAllowed(CatalogPolicy policy) {
    boolean exists = name.exists();
    if (policy == CatalogPolicy.CREATE && exists) {
      throw new UnusableLocationException(
          ("table '%s' exists already: nothing was written. Choose another --output-table, replace it"
                  + " with --overwrite, or add the rows of further images with --append")
              .formatted(name.name()));
    }
    if (policy == CatalogPolicy.APPEND && !exists) {
      throw new UnusableLocationException(
          "table '%s' is not there, so nothing can be added to it: nothing was written. Leave out --append"
              .formatted(name.name()));
    }
    if (policy == CatalogPolicy.REPLACE && exists) {
      requireFaces();
      requireReplaceable();
    }
  }

  /** Other catalogs drop the old table before there is a new one. */
  private void requireReplaceable() {
    if (!(name.catalog() instanceof StagingTableCatalog)) {
      throw new UnusableLocationException(
          ("table '%s' is in the catalog '%s', which can't replace a table in one step: nothing was"
                  + " written, since the old table would be lost if the new one failed. Choose"
                  + " another --output-table, or drop it (DROP TABLE %s) and leave out --overwrite")
              .formatted(name.name(), name.catalog().name(), name.name()));
    }
  }

  /** As of files, only what is ours is replaced. */
  private void requireFaces() {
    try {
      FaceTable.of(spark.table(name.name()), name.name());
    } catch (UnusableLocationException other) {
      throw new UnusableLocationException(
          ("table '%s' is no table of faces: nothing was written, since it would be lost. Choose"
                  + " another --output-table, or drop it yourself")
              .formatted(name.name()),
          other);
    }
  }

  private static Map<String, String> properties(Dataset<Row> rows) {
    Map<String, String> properties = new TreeMap<>();
    TableSchema.originOf(rows.schema())
        .forEach((key, value) -> properties.put(PROPERTY + key, value));
    return properties;
  }

  // Spark's exceptions are checked ones that its methods don't declare; wrong jars are errors.
  @SuppressWarnings("IllegalCatch")
  private void commit(
      DataFrameWriterV2<Row> writer,
      CatalogPolicy policy,
      Optional<String> provider,
      Map<String, String> origin) {
    try {
      switch (policy) {
        case CREATE -> creation(writer, provider, origin).create();
        case REPLACE -> creation(writer, provider, origin).createOrReplace();
        case APPEND -> append(writer, origin);
      }
    } catch (LinkageError wrongJar) {
      throw new UnusableLocationException(
          ("table '%s' can't be written (%s), as if the jars of its catalog were made for another"
                  + " Spark than %s: nothing was written. docs/interoperation.md names versions that"
                  + " fit")
              .formatted(name.name(), wrongJar, spark.version()),
          wrongJar);
    } catch (Exception failure) {
      if (failure instanceof AnalysisException || failure instanceof ClassNotFoundException) {
        throw new UnusableLocationException(
            ("table '%s' can't be written: nothing was. Spark says: %s. Settings and jars of catalogs"
                    + " are in docs/interoperation.md")
                .formatted(name.name(), firstLine(failure)),
            failure);
      }
      throw failure instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException(failure);
    }
  }

  private static CreateTableWriter<Row> creation(
      DataFrameWriterV2<Row> writer, Optional<String> provider, Map<String, String> origin) {
    CreateTableWriter<Row> creation = provider.isPresent() ? writer.using(provider.get()) : writer;
    origin.forEach(creation::tableProperty);
    return creation;
  }

  /** The properties stay those of the first run; the history has this one's. */
  private static void append(DataFrameWriterV2<Row> writer, Map<String, String> origin)
      throws NoSuchTableException {
    origin.forEach((key, value) -> writer.option(OF_SNAPSHOT + key, value));
    writer.option(OF_VERSION, origin.toString()).append();
  }

  private static String firstLine(Exception failure) {
    return List.of(String.valueOf(failure.getMessage()).split("\n", 2)).get(0);
  }
}
