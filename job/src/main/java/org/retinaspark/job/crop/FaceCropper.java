package org.retinaspark.job.crop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.retinaspark.io.crops.StoredCrop;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageError;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.udf.crop.AlignmentTemplate;
import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.image.Pixels;

/** Crops the wanted faces of one image after the other. */
final class FaceCropper {

  /** The stage of what fails here, and of a fault of ours. */
  static final String CROP = "crop";

  private static final String NO_LANDMARKS = "no_landmarks";
  private static final String DEGENERATE = "degenerate_landmarks";

  private final CropSettings settings;
  private final FaceFilter filter;

  FaceCropper(CropSettings settings, FaceFilter filter) {
    this.settings = settings;
    this.filter = filter;
  }

  /** The wanted faces of an image, each encoded before the next is cut out. */
  List<StoredCrop> crop(ImageRecord image, Pixels pixels) {
    List<StoredCrop> crops = new ArrayList<>();
    for (int face : filter.wanted(image.faces())) {
      crops.add(crop(image, face, pixels));
    }
    return crops;
  }

  private StoredCrop crop(ImageRecord image, int face, Pixels pixels) {
    FaceArrays faces = image.faces();
    if (faces.points() != AlignmentTemplate.POINTS) {
      return failed(image, face, NO_LANDMARKS, "the table has no five landmarks of the face");
    }
    List<Point> landmarks = new ArrayList<>(AlignmentTemplate.POINTS);
    for (int point = 0; point < AlignmentTemplate.POINTS; point++) {
      int at = 2 * (face * AlignmentTemplate.POINTS + point);
      landmarks.add(new Point(faces.landmarks()[at], faces.landmarks()[at + 1]));
    }
    Optional<Similarity> alignment = settings.template().alignment(landmarks);
    if (alignment.isEmpty()) {
      return failed(
          image, face, DEGENERATE, "no similarity brings %s to the template".formatted(landmarks));
    }
    Pixels crop = settings.sampling().crop(pixels, alignment.get(), settings.size());
    return turned(
        StoredCrop.made(
            image.image(),
            image.uri(),
            face,
            faces.scores()[face],
            box(faces, face),
            settings.encoding().encode(crop),
            settings.size()),
        faces);
  }

  private static StoredCrop failed(ImageRecord image, int face, String code, String message) {
    return failed(image, face, new ImageError(CROP, code, message));
  }

  /** The wanted faces of an image that could not be looked at. */
  List<StoredCrop> failed(ImageRecord image, ImageError error) {
    return filter.wanted(image.faces()).stream().map(face -> failed(image, face, error)).toList();
  }

  private static StoredCrop failed(ImageRecord image, int face, ImageError error) {
    FaceArrays faces = image.faces();
    return turned(
        StoredCrop.failed(
            image.image(), image.uri(), face, faces.scores()[face], box(faces, face), error),
        faces);
  }

  private static float[] box(FaceArrays faces, int face) {
    int box = face * FaceArrays.BOX;
    return Arrays.copyOfRange(faces.boxes(), box, box + FaceArrays.BOX);
  }

  private static StoredCrop turned(StoredCrop crop, FaceArrays faces) {
    FaceArrays.Pose pose = FaceFilter.pose(faces, crop.index());
    return pose == null ? crop : crop.turned(pose);
  }
}
