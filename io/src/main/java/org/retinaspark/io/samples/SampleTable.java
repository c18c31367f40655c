package org.retinaspark.io.samples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.facetable.ColumnNames;

/** A table with samples, to be read: key and samples only, whatever else the rows have. */
public final class SampleTable {

  private final Dataset<Row> rows;
  private final String name;

  private SampleTable(Dataset<Row> rows, String name) {
    this.rows = rows;
    this.name = name;
  }

  /**
   * The rows of a table.
   *
   * @param name how errors call it
   * @throws UnusableLocationException if they lack the key, or the samples in our form
   */
  public static SampleTable of(Dataset<Row> rows, String name) {
    boolean samples =
        Arrays.stream(rows.schema().fields())
            .anyMatch(
                field -> field.name().equals(SampleColumns.SAMPLES) && isOurs(field.dataType()));
    if (!samples || !Arrays.asList(rows.columns()).contains(ColumnNames.IMAGE)) {
      throw new UnusableLocationException(
          ("%s has the columns %s, so it holds no samples to fit heads to, which are '%s' and"
                  + " '%s' of type array<%s>: nothing was fitted. Give the folder of samples that"
                  + " train made")
              .formatted(
                  name,
                  Arrays.toString(rows.columns()),
                  ColumnNames.IMAGE,
                  SampleColumns.SAMPLES,
                  SampleColumns.SAMPLE.simpleString()));
    }
    return new SampleTable(rows, name);
  }

  /**
   * The samples of each image that has any.
   *
   * @param shape what they must look like; one that doesn't fails the job with a {@link
   *     DamagedSamplesException}
   */
  public JavaRDD<ImageSamples> samples(SampleShape shape) {
    SampleReader reader = new SampleReader(shape, name);
    return rows()
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .map(row -> reader.read(row.getUTF8String(0).toString(), row.getArray(1)));
  }

  /** Key and samples, which {@link SampleReader} reads, of each image that has any. */
  public Dataset<Row> rows() {
    return rows.select(ColumnNames.IMAGE, SampleColumns.SAMPLES)
        .where(col(ColumnNames.IMAGE).isNotNull().and(size(col(SampleColumns.SAMPLES)).gt(0)));
  }

  /** How errors call it. */
  public String name() {
    return name;
  }

  /** Whether it is an array of samples, nullable or not, which a file may have forgotten. */
  private static boolean isOurs(DataType type) {
    return type.simpleString().equals(SampleColumns.column().dataType().simpleString());
  }
}
