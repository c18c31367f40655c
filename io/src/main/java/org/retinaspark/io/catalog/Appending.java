package org.retinaspark.io.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.facetable.ColumnNames;

/**
 * What must hold before rows are added to a table: it has their columns, was made as they were, and
 * none of their images. So a run that is added twice is refused the second time.
 */
final class Appending {

  private static final int NAMED = 3;
  private static final String RUN = CatalogTable.PROPERTY + "run";

  private final CatalogName name;
  private final Dataset<Row> table;

  Appending(CatalogName name, Dataset<Row> table) {
    this.name = name;
    this.table = table;
  }

  /**
   * Checks it.
   *
   * @throws UnusableLocationException naming what doesn't hold
   */
  void require(Dataset<Row> rows, Map<String, String> origin) {
    requireColumns(types(rows.schema()), types(table.schema()));
    requireOrigin(origin);
    List<String> known =
        rows
            .select(ColumnNames.IMAGE)
            .join(table.select(ColumnNames.IMAGE), CatalogTable.keys(), "left_semi")
            .distinct()
            .limit(NAMED)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    if (!known.isEmpty()) {
      throw refusal(
          "has images of this run already, such as %s".formatted(known),
          "an image would have two results",
          "Add only runs over other images, or replace the table with --overwrite");
    }
  }

  private void requireColumns(Map<String, String> ours, Map<String, String> theirs) {
    TreeSet<String> names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    for (String column : names) {
      String wanted = ours.getOrDefault(column, "none");
      String found = theirs.getOrDefault(column, "none");
      if (!wanted.equals(found)) {
        throw refusal(
            "has other columns: '%s' is %s there and %s in the run"
                .formatted(column, found, wanted),
            "the rows don't fit",
            "Detect with the options that made the table, or choose another --output-table");
      }
    }
  }

  /** Types without what a store may not keep: which values may be null, and metadata. */
  private static Map<String, String> types(StructType columns) {
    Map<String, String> types = new TreeMap<>();
    for (StructField field : columns.fields()) {
      types.put(field.name(), field.dataType().catalogString());
    }
    return types;
  }

  /** Of a table that somebody else made, nothing is known, and nothing held against it. */
  private void requireOrigin(Map<String, String> origin) {
    Map<String, String> properties = properties();
    origin.forEach(
        (key, value) -> {
          String there = properties.getOrDefault(key, value);
          if (!key.equals(RUN) && !there.equals(value)) {
            throw refusal(
                "has rows of another kind: '%s' is %s there and %s in the run"
                    .formatted(key, there, value),
                "nobody could tell them apart",
                "Choose another --output-table");
          }
        });
  }

  private Map<String, String> properties() {
    try {
      return name.catalog().loadTable(name.identifier()).properties();
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException gone) {
      throw new UnusableLocationException(
          "table '%s' has just been dropped: nothing was written".formatted(name.name()), gone);
    }
  }

  private UnusableLocationException refusal(String what, String consequence, String remedy) {
    return new UnusableLocationException(
        "table '%s' %s: nothing was written, since %s. %s"
            .formatted(name.name(), what, consequence, remedy));
  }
}
