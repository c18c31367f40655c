package org.retinaspark.udf.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.facetable.DetectionStruct;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.udf.pipeline.DetectSettings;

/**
 * Detection on a column of image files: which networks look, and how. Travels to executors; two are
 * equal if they find the same.
 */
public final class ColumnDetection implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String told;
  private final DetectionStruct struct;
  private final StructType type;
  private final DetectFaces faces;
  private final long aheadBytes;

  /**
   * A detection.
   *
   * @param told all that decides what is found, in words: the options, and the models by digest
   * @param schema the columns that the struct is taken from, one row an image
   * @param model the detector's ONNX file
   */
  public ColumnDetection(
      String told,
      DetectSettings settings,
      TableSchema schema,
      Broadcast<byte[]> model,
      DetectCounters counters) {
    this.told = told;
    this.struct = new DetectionStruct(schema);
    this.type = struct.type();
    this.faces = new DetectFaces(settings, schema, model, counters, CrashNotes.NONE);
    this.aheadBytes = settings.pipeline().readAheadBytes();
  }

  /** The type of what is found in an image: a struct of some of the table's columns. */
  public StructType type() {
    return type;
  }

  /** Bytes of images in memory that a task holds before they are decoded, about. */
  long aheadBytes() {
    return aheadBytes;
  }

  /**
   * What is found in the images of a task, one struct for each in their order, the next good until
   * the one after it is taken. To be called in a task, which it is closed with.
   *
   * @param images files in memory, pulled on the task's own thread; see {@link
   *     org.retinaspark.udf.pipeline.ImagePipeline#over} on having none for now
   */
  Iterator<InternalRow> over(Iterator<byte[]> images) {
    Iterator<InternalRow> rows = faces.unwatched(new CellImages(images));
    DetectionStruct.Taker taker = struct.taker();
    return new Iterator<>() {

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        return taker.of(rows.next());
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnDetection detection && told.equals(detection.told);
  }

  @Override
  public int hashCode() {
    return told.hashCode();
  }

  /** What decides what is found. */
  @Override
  public String toString() {
    return told;
  }
}
