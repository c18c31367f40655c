package org.retinaspark.udf.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.crop.AlignmentTemplate;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.ImageEncoding;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.input.Warp;

/** {@code face_crop}: a face upright in a small square, as a file. */
final class FaceCropFunction {

  /** Pixels of a side, as recognition networks take it. */
  private static final int SIZE = 112;

  /** Losslessly, at a quality that PNG ignores. */
  private static final ImageEncoding PNG = new ImageEncoding(ImageEncoding.Format.PNG, 100);

  private static final String LANDMARKS = "landmarks";

  SqlFunction declared() {
    return new SqlFunction(
        "face_crop",
        "_FUNC_(content, face) - Cuts a face out of an image, upright, its five landmarks at the"
            + " places of ArcFace's template of 112 x 112 pixels: the bytes of a PNG file. NULL if"
            + " the image can't be decoded or the landmarks can't be aligned.",
        List.of(
            "* content - the bytes of the image file, BINARY.",
            "* face - one of the faces that detect_faces found in it, or that a table of faces has:"
                + " a struct with landmarks, in the frame of the upright image."),
        List.of(
            "> SELECT path, _FUNC_(content, face) FROM (SELECT *,"
                + " explode(detect_faces(content).faces) AS face FROM photos);"),
        FaceCropFunction::call);
  }

  private static Expression call(List<Expression> arguments) {
    if (arguments.size() != 2) {
      throw new IllegalArgumentException(
          "face_crop has %d arguments, but takes an image's bytes and a face"
              .formatted(arguments.size()));
    }
    Expression face = arguments.get(1);
    if (!(face.dataType() instanceof StructType struct)
        || Arrays.stream(struct.fieldNames()).noneMatch(LANDMARKS::equals)) {
      throw new IllegalArgumentException(
          ("the face of face_crop is '%s' of type %s, but must be a struct with landmarks, as"
                  + " detect_faces gives it")
              .formatted(face.sql(), face.dataType().simpleString()));
    }
    return CallOfColumns.of(
        arguments,
        columns ->
            functions
                .udf((UDF2<byte[], Row, byte[]>) new Cut(), DataTypes.BinaryType)
                .withName("face_crop")
                .apply(columns.get(0), columns.get(1).getField(LANDMARKS)));
  }

  /** Cuts one face. */
  static final class Cut implements UDF2<byte[], Row, byte[]> {

    private static final long serialVersionUID = 1L;

    @Override
    public byte @Nullable [] call(byte @Nullable [] content, @Nullable Row landmarks) {
      if (content == null || landmarks == null || landmarks.size() != AlignmentTemplate.POINTS) {
        return null;
      }
      try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT)) {
        Pixels image = decoder.decode(content).pixels();
        return AlignmentTemplate.ARCFACE
            .sized(SIZE)
            .alignment(points(landmarks))
            .map(way -> new Warp(way, SIZE, image.width(), image.height()).apply(image))
            .map(PNG::encode)
            .orElse(null);
      } catch (DecodeException undecodable) {
        return null;
      }
    }

    private static List<Point> points(Row landmarks) {
      List<Point> points = new ArrayList<>();
      for (int point = 0; point < landmarks.size(); point++) {
        Row place = landmarks.getStruct(point);
        points.add(new Point(place.getFloat(0), place.getFloat(1)));
      }
      return points;
    }
  }
}
