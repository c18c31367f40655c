package org.retinaspark.io.facetable;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/**
 * Turns records into rows in Spark's own form. A row is good until the next is taken: whoever keeps
 * one copies it, as Spark does. For one thread.
 */
public final class RecordWriter {

  private final TableSchema schema;
  private final Fields row;
  private final Fields error;
  private final Fields face;
  private final FaceFields faceFields;
  private final List<Function1<Object, Object>> converters;
  private final JoinedRow joined = new JoinedRow();

  RecordWriter(TableSchema schema) {
    this.schema = schema;
    this.row = Fields.ofRow(schema.columns().size() - schema.carried().size());
    this.error = row.struct(TableSchema.ERROR.size());
    this.face = schema.layout() == TableLayout.FACES ? row : row.struct(schema.face().size());
    this.faceFields = new FaceFields(face, schema);
    this.converters =
        Arrays.stream(schema.carried().fields())
            .map(field -> CatalystTypeConverters.createToCatalystConverter(field.dataType()))
            .toList();
  }

  /**
   * The rows of an image: one, or in the flat layout one for each face.
   *
   * @throws IllegalArgumentException if the faces have other landmarks than the table
   */
  public Iterator<InternalRow> rows(ImageRecord image) {
    int count = image.faces().count();
    if (count > 0 && image.faces().points() != schema.landmarks().size()) {
      throw new IllegalArgumentException(
          "the faces of %s have %d landmarks, but the table has columns for %d"
              .formatted(image.image(), image.faces().points(), schema.landmarks().size()));
    }
    InternalRow carried = carried(image);
    return schema.layout() == TableLayout.IMAGES
        ? new Rows(image, carried, 1)
        : new Rows(image, carried, Math.max(1, count));
  }

  private InternalRow carried(ImageRecord image) {
    Object[] values = new Object[converters.size()];
    for (int column = 0; column < image.carried().size(); column++) {
      Object value = image.carried().get(column);
      values[column] = value instanceof ArrayData ? value : converters.get(column).apply(value);
    }
    return new GenericInternalRow(values);
  }

  private final class Rows implements Iterator<InternalRow> {

    private final ImageRecord image;
    private final InternalRow carried;
    private final int count;
    private int next;

    Rows(ImageRecord image, InternalRow carried, int count) {
      this.image = image;
      this.carried = carried;
      this.count = count;
    }

    @Override
    public boolean hasNext() {
      return next < count;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the image has no more rows");
      }
      row.beginRow();
      writeImage(image);
      if (schema.layout() == TableLayout.IMAGES) {
        writeFaces(image.faces());
      } else if (image.faces().count() == 0) {
        row.addNulls(schema.face().size());
      } else {
        faceFields.write(image.faces(), next);
      }
      next++;
      return carried.numFields() == 0 ? row.row() : joined.apply(row.row(), carried);
    }
  }

  private void writeImage(ImageRecord image) {
    row.add(image.image());
    row.add(image.container());
    row.add(image.uri());
    row.add(image.split());
    if (image.length() < 0) {
      row.addNulls(1);
    } else {
      row.add(image.length());
    }
    row.add(image.etag());
    if (image.modified() == null) {
      row.addNulls(1);
    } else {
      row.add(DateTimeUtils.instantToMicros(image.modified()));
    }
    writeFrame(image.frame());
    row.add(image.error() == null ? ColumnNames.OK : ColumnNames.FAILED);
    writeError(image.error());
    row.addArray(image.warnings());
    row.add(image.faces().count());
    if (image.faces().count() == 0) {
      row.addNulls(1);
    } else {
      row.add(image.faces().bestScore());
    }
  }

  private void writeFrame(@Nullable ImageFrame frame) {
    if (frame == null) {
      row.addNulls(3);
      return;
    }
    row.add(frame.width());
    row.add(frame.height());
    row.add(frame.orientation());
  }

  private void writeError(@Nullable ImageError failure) {
    if (failure == null) {
      row.addNulls(1);
      return;
    }
    int start = row.begin(error);
    error.add(failure.stage());
    error.add(failure.code());
    error.add(failure.message());
    row.end(start);
  }

  private void writeFaces(FaceArrays faces) {
    int array = row.beginArray(faces.count());
    for (int index = 0; index < faces.count(); index++) {
      int start = row.begin(face);
      faceFields.write(faces, index);
      row.endElement(index, start);
    }
    row.end(array);
  }
}
