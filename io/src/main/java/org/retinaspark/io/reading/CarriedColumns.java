package org.retinaspark.io.reading;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.DataSourceUtils;
import org.apache.spark.sql.execution.datasources.parquet.ParquetReadSupport;
import org.apache.spark.sql.execution.datasources.parquet.ParquetRecordMaterializer;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Option;

/**
 * Columns of a Parquet table that go through to the output, as Spark's own reader reads them.
 *
 * @param columns whole columns, nested or not; null in the rows of files that have none of the name
 */
record CarriedColumns(StructType columns) implements Serializable {

  static final CarriedColumns NONE = new CarriedColumns(new StructType());

  /** Stands for all columns but those of images and keys. */
  private static final List<String> ALL = List.of("all");

  /** Dates of old calendars are told by the file; others are as they are. */
  private static final String CALENDAR = "CORRECTED";

  /**
   * Finds them in a table.
   *
   * @param wanted their names, or {@code all}
   * @throws IllegalArgumentException saying which the table lacks or has for something else
   */
  static CarriedColumns of(MessageType schema, List<String> wanted, TableColumns used) {
    if (wanted.isEmpty()) {
      return NONE;
    }
    List<Type> chosen = new ArrayList<>();
    for (Type column : schema.getFields()) {
      if (wanted.equals(ALL) ? !used.has(column.getName()) : wanted.contains(column.getName())) {
        chosen.add(column);
      }
    }
    for (String name : wanted.equals(ALL) ? List.<String>of() : wanted) {
      if (!schema.containsField(name) || used.has(name)) {
        throw new IllegalArgumentException(
            (schema.containsField(name)
                    ? "has its images or keys in the column '%s' of --carry, which the output has"
                        + " already; it has %s"
                    : "has no column '%s' for --carry; it has %s")
                .formatted(name, String.join(", ", names(schema.getFields()))));
      }
    }
    return new CarriedColumns(converter().convert(new MessageType(schema.getName(), chosen)));
  }

  private static List<String> names(List<Type> columns) {
    return columns.stream().map(Type::getName).toList();
  }

  private static ParquetToSparkSchemaConverter converter() {
    return new ParquetToSparkSchemaConverter(SQLConf.get());
  }

  /** Which columns of a file they are. */
  MessageType projection(MessageType file) {
    return ParquetReadSupport.clipParquetSchema(file, columns, true, false, false);
  }

  /** What makes rows of a file's values. */
  RecordMaterializer<InternalRow> materializer(ParquetFileReader table) {
    Map<String, String> metadata = table.getFileMetaData().getKeyValueMetaData();
    Function1<String, String> lookup = metadata::get;
    return new ParquetRecordMaterializer(
        projection(table.getFileMetaData().getSchema()),
        columns,
        converter(),
        Option.empty(),
        DataSourceUtils.datetimeRebaseSpec(lookup, CALENDAR),
        DataSourceUtils.int96RebaseSpec(lookup, CALENDAR));
  }

  /** What makes of a row its values, as a {@code Row} has them; costly to make, for all rows. */
  Function<InternalRow, List<@Nullable Object>> values() {
    Function1<Object, Object> converter = CatalystTypeConverters.createToScalaConverter(columns);
    return row -> list((Row) converter.apply(row));
  }

  private static List<@Nullable Object> list(Row row) {
    List<@Nullable Object> values = new ArrayList<>(row.size());
    for (int index = 0; index < row.size(); index++) {
      values.add(row.get(index));
    }
    return values;
  }
}
