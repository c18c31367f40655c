package org.retinaspark.udf.sql;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.DecodedImage;
import org.retinaspark.udf.image.ImageFormat;
import org.retinaspark.udf.image.decode.ImageDecoder;

/** {@code image_info}: what an image file is, and whether it can be decoded. */
final class ImageInfoFunction {

  /** Of a JPEG, an eighth of its resolution shows what is wrong with it. */
  private static final double SHARE = 1.0 / 8;

  private static final StructType ERROR =
      new StructType().add("code", DataTypes.StringType).add("message", DataTypes.StringType);

  private static final StructType TYPE =
      new StructType()
          .add("status", DataTypes.StringType, false)
          .add("error", ERROR)
          .add("warnings", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("format", DataTypes.StringType)
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("orientation", DataTypes.IntegerType);

  SqlFunction declared() {
    return new SqlFunction(
        "image_info",
        "_FUNC_(content) - Says what an image file is, by decoding it: a struct of status, error,"
            + " warnings, format, width, height and EXIF orientation. Width and height are those of"
            + " the upright image. A file that can't be decoded has the status 'failed'; null gives"
            + " NULL.",
        List.of("* content - the bytes of the file, BINARY."),
        List.of("> SELECT path, _FUNC_(content).width FROM photos;"),
        ImageInfoFunction::call);
  }

  private static Expression call(List<Expression> arguments) {
    if (arguments.size() != 1) {
      throw new IllegalArgumentException(
          "image_info has %d arguments, but takes an image's bytes".formatted(arguments.size()));
    }
    return CallOfColumns.of(
        arguments,
        columns ->
            functions
                .udf((UDF1<byte[], Row>) new Glance(), TYPE)
                .withName("image_info")
                .apply(columns.get(0)));
  }

  /** Looks at one file. */
  static final class Glance implements UDF1<byte[], Row> {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Row call(byte @Nullable [] content) {
      if (content == null) {
        return null;
      }
      String format = null;
      try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT)) {
        format = ImageFormat.of(content).label();
        DecodedImage image = decoder.decode(content, (width, height) -> SHARE);
        return RowFactory.create(
            "ok",
            null,
            image.warnings().toArray(String[]::new),
            format,
            image.width(),
            image.height(),
            image.orientation());
      } catch (DecodeException failure) {
        return failed(format, failure.code(), failure.getMessage());
      } catch (RuntimeException | OutOfMemoryError failure) {
        // A decoder that stumbles over hostile bytes: one image's failure, not the query's.
        return failed(format, "unexpected", failure.toString());
      }
    }

    private static Row failed(@Nullable String format, String code, @Nullable String message) {
      return RowFactory.create(
          "failed", RowFactory.create(code, message), new String[0], format, null, null, null);
    }
  }
}
