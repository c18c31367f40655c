package org.retinaspark.job.preview;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;

/**
 * One row of the table, as far as a preview shows it.
 *
 * @param image the key
 * @param uri where the image was
 * @param width of the frame, in pixels; 0 if the image was not decoded
 * @param height of the frame, in pixels; 0 if the image was not decoded
 * @param error why it failed; absent if it did not
 * @param warnings what was odd about it
 * @param faces the faces, in pixels of the frame
 */
public record PreviewRow(
    String image,
    String uri,
    int width,
    int height,
    @Nullable String error,
    List<String> warnings,
    List<Face> faces) {

  static PreviewRow of(Row row) {
    Row error = row.getAs("error");
    return new PreviewRow(
        row.getAs("image"),
        row.getAs("uri"),
        number(row, "width"),
        number(row, "height"),
        error == null
            ? null
            : "%s: %s (%s)".formatted(error.getString(0), error.getString(2), error.getString(1)),
        row.getList(row.fieldIndex("warnings")),
        faces(row.getList(row.fieldIndex("faces"))));
  }

  private static int number(Row row, String column) {
    return row.isNullAt(row.fieldIndex(column)) ? 0 : row.<Integer>getAs(column);
  }

  private static List<Face> faces(List<Row> rows) {
    List<Face> faces = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Row box = row.getAs("box");
      List<Row> landmarks = row.getList(row.fieldIndex("landmarks"));
      faces.add(
          new Face(
              row.getAs("score"),
              new Box(box.getFloat(0), box.getFloat(1), box.getFloat(2), box.getFloat(3)),
              landmarks.stream()
                  .map(point -> new Point(point.getFloat(0), point.getFloat(1)))
                  .toList()));
    }
    return faces;
  }
}
