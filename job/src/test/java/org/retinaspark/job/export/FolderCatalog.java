package org.retinaspark.job.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A catalog with the promises of Iceberg's and Delta's: a table is there whole, or not at all. */
public final class FolderCatalog implements StagingTableCatalog {

  private final Map<Identifier, FolderTable> tables = new HashMap<>();
  private String name = "";
  private Path warehouse = Path.of("");

  @Override
  public void initialize(String given, CaseInsensitiveStringMap options) {
    name = given;
    warehouse = Path.of(options.get("warehouse"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listTables(String[] namespace) {
    return tables.keySet().toArray(Identifier[]::new);
  }

  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    FolderTable table = tables.get(identifier);
    if (table == null) {
      throw new NoSuchTableException(identifier);
    }
    return table.again();
  }

  @Override
  public StagedTable stageCreate(Identifier identifier, TableInfo info) {
    return staged(identifier, info);
  }

  @Override
  public StagedTable stageReplace(Identifier identifier, TableInfo info) {
    return staged(identifier, info);
  }

  @Override
  public StagedTable stageCreateOrReplace(Identifier identifier, TableInfo info) {
    return staged(identifier, info);
  }

  private FolderTable staged(Identifier identifier, TableInfo info) {
    try {
      return new FolderTable(
          Files.createTempDirectory(warehouse, identifier.name()),
          info.schema(),
          info.properties(),
          written -> tables.put(identifier, written));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Table alterTable(Identifier identifier, TableChange... changes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    return tables.remove(identifier) != null;
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw new UnsupportedOperationException();
  }
}
