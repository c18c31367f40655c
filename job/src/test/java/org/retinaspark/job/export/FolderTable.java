package org.retinaspark.job.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.v2.parquet.ParquetTable;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.retinaspark.job.LocalSpark;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** A table of {@link FolderCatalog}: Parquet files in a folder, and properties in memory. */
final class FolderTable extends ParquetTable implements StagedTable {

  private static final long serialVersionUID = 1L;

  private final Path folder;
  private final StructType columns;
  private final transient Map<String, String> properties;
  private final transient Consumer<FolderTable> commit;

  FolderTable(
      Path folder,
      StructType columns,
      Map<String, String> properties,
      Consumer<FolderTable> commit) {
    super(
        "folder",
        LocalSpark.session(),
        new CaseInsensitiveStringMap(Map.of()),
        CollectionConverters.asScala(List.of(folder.toUri().toString())).toSeq(),
        Option.apply(columns),
        ParquetFileFormat.class);
    this.folder = folder;
    this.columns = columns;
    this.properties = Map.copyOf(properties);
    this.commit = commit;
  }

  /** The same, which lists its files anew. */
  FolderTable again() {
    return new FolderTable(folder, columns, properties, commit);
  }

  @Override
  public Map<String, String> properties() {
    return properties;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(
        TableCapability.BATCH_READ, TableCapability.BATCH_WRITE, TableCapability.TRUNCATE);
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    return new NewFolder(super.newWriteBuilder(info));
  }

  @Override
  public void commitStagedChanges() {
    commit.accept(this);
  }

  @Override
  public void abortStagedChanges() {}

  /** A table that replaces another has a folder of its own, where nothing is to be deleted. */
  private record NewFolder(WriteBuilder files) implements SupportsTruncate {

    @Override
    public WriteBuilder truncate() {
      return this;
    }

    @Override
    public Write build() {
      return files.build();
    }
  }
}
