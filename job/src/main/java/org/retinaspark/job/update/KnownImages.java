package org.retinaspark.job.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.pipeline.ImageInput;

/**
 * Images with the faces that a table knows of them; those that changed since, and those that it
 * doesn't know, as they are.
 *
 * @param known what the table says of images that didn't fail, by key
 */
record KnownImages(Map<String, ImageRecord> known) implements UnaryOperator<ImageInput> {

  @Override
  public ImageInput apply(ImageInput image) {
    ImageRecord record = known.get(image.image());
    ImageFrame frame = record == null ? null : record.frame();
    return record == null || frame == null || isChanged(image, record)
        ? image
        : image.knowing(new ImageInput.Known(frame.width(), frame.height(), faces(record.faces())));
  }

  /** Whether something differs of which both know, as {@link ComparedUnits#CHANGED} has it. */
  private static boolean isChanged(ImageInput now, ImageRecord then) {
    return (now.length() >= 0 && then.length() >= 0 && now.length() != then.length())
        || differ(now.etag(), then.etag())
        || differ(now.modified(), then.modified());
  }

  private static boolean differ(@Nullable Object one, @Nullable Object other) {
    return one != null && other != null && !one.equals(other);
  }

  private static List<Face> faces(FaceArrays told) {
    List<Face> faces = new ArrayList<>(told.count());
    int points = told.points();
    for (int face = 0; face < told.count(); face++) {
      int corner = face * FaceArrays.BOX;
      float[] boxes = told.boxes();
      List<Point> landmarks = new ArrayList<>(points);
      for (int point = 0; point < points; point++) {
        int axis = 2 * (face * points + point);
        landmarks.add(new Point(told.landmarks()[axis], told.landmarks()[axis + 1]));
      }
      faces.add(
          new Face(
              told.scores()[face],
              new Box(boxes[corner], boxes[corner + 1], boxes[corner + 2], boxes[corner + 3]),
              landmarks));
    }
    return faces;
  }
}
