package org.retinaspark.io.crops;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageError;

/** The table of crops: its columns, and how crops become rows. */
final class CropColumns {

  /** The bytes of the crop's file. */
  static final String CROP = "crop";

  private static final String ERROR = "error";
  private static final String STAGE = "stage";
  private static final String CODE = "code";

  /** The columns; {@code docs/crop.md} explains them. */
  static final StructType SCHEMA =
      new StructType()
          .add("image", StringType, false)
          .add("uri", StringType, false)
          .add("index", IntegerType, false)
          .add("score", FloatType, false)
          .add(
              "box",
              new StructType()
                  .add("x1", FloatType, false)
                  .add("y1", FloatType, false)
                  .add("x2", FloatType, false)
                  .add("y2", FloatType, false),
              false)
          .add(
              "pose",
              new StructType()
                  .add("yaw", FloatType, false)
                  .add("pitch", FloatType, false)
                  .add("roll", FloatType, false)
                  .add("source", StringType))
          .add(CROP, BinaryType)
          .add("width", IntegerType)
          .add("height", IntegerType)
          .add(
              ERROR,
              new StructType()
                  .add(STAGE, StringType)
                  .add(CODE, StringType)
                  .add("message", StringType));

  private CropColumns() {}

  static Row row(StoredCrop crop) {
    float[] box = crop.box();
    Integer side = crop.error() == null ? crop.side() : null;
    return RowFactory.create(
        crop.image(),
        crop.uri(),
        crop.index(),
        crop.score(),
        RowFactory.create(box[0], box[1], box[2], box[3]),
        pose(crop.pose()),
        side == null ? null : crop.content(),
        side,
        side,
        error(crop.error()));
  }

  private static @Nullable Row pose(FaceArrays.@Nullable Pose pose) {
    return pose == null
        ? null
        : RowFactory.create(pose.yaw(), pose.pitch(), pose.roll(), pose.source());
  }

  private static @Nullable Row error(@Nullable ImageError error) {
    return error == null ? null : RowFactory.create(error.stage(), error.code(), error.message());
  }

  /** Counts a table of crops. */
  static CropCounts count(Dataset<Row> crops) {
    long done = 0;
    TreeMap<String, Long> failures = new TreeMap<>();
    for (Row group :
        crops
            .groupBy(crops.col(ERROR).getField(STAGE), crops.col(ERROR).getField(CODE))
            .count()
            .collectAsList()) {
      if (group.isNullAt(0)) {
        done += group.getLong(2);
      } else {
        failures.put(group.getString(0) + "/" + group.getString(1), group.getLong(2));
      }
    }
    return new CropCounts(done, failures);
  }
}
