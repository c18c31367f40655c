package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.LocalSpark;

/**
 * Builds small detection tables with the columns that evaluation reads, and one that it doesn't.
 */
public final class SmallTable {

  private static final StructType BOX =
      new StructType()
          .add("x1", DataTypes.FloatType)
          .add("y1", DataTypes.FloatType)
          .add("x2", DataTypes.FloatType)
          .add("y2", DataTypes.FloatType);

  private static final StructType POINT =
      new StructType().add("x", DataTypes.FloatType).add("y", DataTypes.FloatType);

  private static final StructType SCHEMA =
      new StructType()
          .add("image", DataTypes.StringType)
          .add("uri", DataTypes.StringType)
          .add("split", DataTypes.StringType)
          .add("status", DataTypes.StringType)
          .add(
              "faces",
              DataTypes.createArrayType(
                  new StructType()
                      .add("score", DataTypes.FloatType)
                      .add("box", BOX)
                      .add("landmarks", DataTypes.createArrayType(POINT))));

  private final List<Row> rows = new ArrayList<>();

  /** Adds an image with faces made by {@link #face}. */
  public SmallTable image(String image, Row... faces) {
    rows.add(RowFactory.create(image, "file:/" + image, "val", "ok", List.of(faces)));
    return this;
  }

  /** Adds an image that failed. */
  public SmallTable failed(String image) {
    rows.add(RowFactory.create(image, "file:/" + image, "val", "failed", null));
    return this;
  }

  /** Adds an image of another split. */
  public SmallTable ofSplit(String split, String image, Row... faces) {
    rows.add(RowFactory.create(image, "file:/" + image, split, "ok", List.of(faces)));
    return this;
  }

  /** A face of corners, without landmarks. */
  public static Row face(@Nullable Float score, float x1, float y1, float x2, float y2) {
    return RowFactory.create(score, RowFactory.create(x1, y1, x2, y2), List.of());
  }

  /** A face of corners with five landmarks, x and y in turn. */
  public static Row faceWithLandmarks(
      float score, float x1, float y1, float x2, float y2, float... points) {
    List<Row> landmarks = new ArrayList<>();
    for (int i = 0; i < points.length; i += 2) {
      landmarks.add(RowFactory.create(points[i], points[i + 1]));
    }
    return RowFactory.create(score, RowFactory.create(x1, y1, x2, y2), landmarks);
  }

  /** Writes the table. */
  public void write(String uri) {
    LocalSpark.session().createDataFrame(rows, SCHEMA).write().parquet(uri);
  }
}
