package org.retinaspark.io.detections;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * An image on its way into COCO's files.
 *
 * @param id its number; null if it has none
 * @param key what it is called
 * @param width of the image; null if the table has none
 * @param height of the image; null if the table has none
 * @param record its detections, {@link DetectionRecord}'s bytes
 */
record CocoImage(
    @Nullable Long id, String key, @Nullable Integer width, @Nullable Integer height, byte[] record)
    implements Serializable {

  /** Of a row of key, width, height and record. */
  static CocoImage of(Row row, long position, CocoIds ids) {
    String key = row.getString(0);
    return new CocoImage(
        ids.of(key, position),
        key,
        row.isNullAt(1) ? null : (Integer) row.getInt(1),
        row.isNullAt(2) ? null : (Integer) row.getInt(2),
        row.getAs(3));
  }

  /** Its number, which it has. */
  long number() {
    if (id == null) {
      throw new IllegalStateException("image " + key + " has no number");
    }
    return id;
  }
}
