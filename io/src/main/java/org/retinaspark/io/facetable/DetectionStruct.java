package org.retinaspark.io.facetable;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a table says of one image as one value: a struct of some of its columns, under their names
 * and of their types, for tables that are not ours.
 *
 * @param table the columns that it is taken from, one row an image
 */
public record DetectionStruct(TableSchema table) implements Serializable {

  private static final List<String> FIELDS =
      List.of(
          ColumnNames.STATUS,
          ColumnNames.ERROR,
          ColumnNames.WARNINGS,
          ColumnNames.WIDTH,
          ColumnNames.HEIGHT,
          ColumnNames.FACES);

  /**
   * Checks the layout.
   *
   * @throws IllegalArgumentException if a row is not an image
   */
  public DetectionStruct {
    if (table.layout() != TableLayout.IMAGES) {
      throw new IllegalArgumentException(
          "the layout is %s, of which no struct of an image can be made".formatted(table.layout()));
    }
  }

  /** The struct, as Spark has it. */
  public StructType type() {
    StructType columns = table.columns();
    StructType struct = new StructType();
    for (String name : FIELDS) {
      struct = struct.add(columns.apply(name));
    }
    return struct;
  }

  /** Takes the struct from rows of the table; for one thread. */
  public Taker taker() {
    return new Taker(table.columns());
  }

  /** Takes structs from rows. */
  public static final class Taker {

    private final int[] places = new int[FIELDS.size()];
    private final StructField[] fields = new StructField[FIELDS.size()];

    private Taker(StructType columns) {
      for (int field = 0; field < places.length; field++) {
        places[field] = columns.fieldIndex(FIELDS.get(field));
        fields[field] = columns.apply(places[field]);
      }
    }

    /** The struct of a row that a writer of this table made, good as long as that row is. */
    public InternalRow of(InternalRow row) {
      Object[] values = new Object[places.length];
      for (int field = 0; field < places.length; field++) {
        values[field] =
            row.isNullAt(places[field]) ? null : row.get(places[field], fields[field].dataType());
      }
      return new GenericInternalRow(values);
    }
  }
}
