package org.retinaspark.io.facetable;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TableReading} selects, in Spark's own form, so that no number is boxed. */
final class RecordReader {

  private static final int DETAILS = 5;
  private static final int RECORD = DETAILS + DetailReader.COLUMNS;

  private RecordReader() {}

  static JavaRDD<ImageFaces> faces(Dataset<Row> selected) {
    return selected.queryExecution().toRdd().toJavaRDD().map(RecordReader::faces);
  }

  static JavaRDD<ImageRecord> records(Dataset<Row> selected) {
    return selected.queryExecution().toRdd().toJavaRDD().map(RecordReader::record);
  }

  private static ImageFaces faces(InternalRow row) {
    String image = row.isNullAt(0) ? "" : row.getUTF8String(0).toString();
    boolean failed = row.getBoolean(1);
    return new ImageFaces(image, failed, failed ? FaceArrays.NONE : arrays(row));
  }

  private static ImageRecord record(InternalRow row) {
    ImageFaces faces = faces(row);
    return new ImageRecord(
        faces.image(),
        text(row, RECORD),
        row.isNullAt(RECORD + 1) ? "" : row.getUTF8String(RECORD + 1).toString(),
        text(row, RECORD + 2),
        row.isNullAt(RECORD + 3) ? -1 : row.getLong(RECORD + 3),
        text(row, RECORD + 4),
        row.isNullAt(RECORD + 5) ? null : DateTimeUtils.microsToInstant(row.getLong(RECORD + 5)),
        row.isNullAt(RECORD + 6) || row.isNullAt(RECORD + 7)
            ? null
            : new ImageFrame(
                row.getInt(RECORD + 6),
                row.getInt(RECORD + 7),
                row.isNullAt(RECORD + 8) ? 1 : row.getInt(RECORD + 8)),
        row.isNullAt(RECORD + 9)
            ? null
            : error(row.getStruct(RECORD + 9, TableSchema.ERROR.size())),
        row.isNullAt(RECORD + 10) ? List.of() : texts(row.getArray(RECORD + 10)),
        faces.faces(),
        List.of());
  }

  private static ImageError error(InternalRow row) {
    return new ImageError(
        row.isNullAt(0) ? "" : row.getUTF8String(0).toString(),
        row.isNullAt(1) ? "" : row.getUTF8String(1).toString(),
        text(row, 2));
  }

  private static @Nullable String text(InternalRow row, int field) {
    return row.isNullAt(field) ? null : row.getUTF8String(field).toString();
  }

  private static List<String> texts(ArrayData array) {
    List<String> texts = new ArrayList<>(array.numElements());
    for (int i = 0; i < array.numElements(); i++) {
      texts.add(array.getUTF8String(i).toString());
    }
    return texts;
  }

  /** The faces; without landmarks if one of them is missing. */
  private static FaceArrays arrays(InternalRow row) {
    ArrayData points = row.getArray(4);
    int count = row.getArray(2).numElements();
    DetailReader details = new DetailReader(row, DETAILS, count);
    return new FaceArrays(
        byFace(row.getArray(2), count),
        byFace(row.getArray(3), count),
        whole(points) ? byFace(points, count) : new float[0],
        details.mesh(),
        details.landmarks68(),
        details.pose(),
        details.parts());
  }

  private static boolean whole(ArrayData numbers) {
    for (int i = 0; i < numbers.numElements(); i++) {
      if (numbers.isNullAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Numbers of all faces together, turned to those of each face together; null is NaN. */
  private static float[] byFace(ArrayData numbers, int faces) {
    float[] turned = new float[numbers.numElements()];
    int each = faces == 0 ? 0 : turned.length / faces;
    for (int number = 0; number < each; number++) {
      for (int face = 0; face < faces; face++) {
        int from = number * faces + face;
        turned[face * each + number] = numbers.isNullAt(from) ? Float.NaN : numbers.getFloat(from);
      }
    }
    return turned;
  }
}
