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

  private RecordReader() {}

  static JavaRDD<ImageFaces> faces(Dataset<Row> selected) {
    return selected.queryExecution().toRdd().toJavaRDD().map(RecordReader::faces);
  }

  static List<ImageRecord> records(Dataset<Row> selected) {
    return selected.queryExecution().toRdd().toJavaRDD().map(RecordReader::record).collect();
  }

  private static ImageFaces faces(InternalRow row) {
    String image = row.isNullAt(0) ? "" : row.getUTF8String(0).toString();
    boolean failed = row.getBoolean(1);
    return new ImageFaces(
        image,
        failed,
        failed ? FaceArrays.NONE : faces(row.getArray(2), row.getArray(3), row.getArray(4)));
  }

  private static ImageRecord record(InternalRow row) {
    ImageFaces faces = faces(row);
    return new ImageRecord(
        faces.image(),
        text(row, 5),
        row.isNullAt(6) ? "" : row.getUTF8String(6).toString(),
        text(row, 7),
        row.isNullAt(8) ? -1 : row.getLong(8),
        text(row, 9),
        row.isNullAt(10) ? null : DateTimeUtils.microsToInstant(row.getLong(10)),
        row.isNullAt(11) || row.isNullAt(12)
            ? null
            : new ImageFrame(row.getInt(11), row.getInt(12), row.isNullAt(13) ? 1 : row.getInt(13)),
        row.isNullAt(14) ? null : error(row.getStruct(14, TableSchema.ERROR.size())),
        row.isNullAt(15) ? List.of() : texts(row.getArray(15)),
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
  private static FaceArrays faces(ArrayData scores, ArrayData corners, ArrayData points) {
    int count = scores.numElements();
    return FaceArrays.of(
        byFace(scores, count),
        byFace(corners, count),
        whole(points) ? byFace(points, count) : new float[0]);
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
