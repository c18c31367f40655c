package org.retinaspark.io.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFaces;
import org.retinaspark.io.wider.ImageKey;

/** Takes the faces of a table's images for labels. */
final class TableLabels implements FlatMapFunction<Iterator<ImageFaces>, LabelledImage> {

  private static final long serialVersionUID = 1L;

  private final LabelRules rules;

  TableLabels(LabelRules rules) {
    this.rules = rules;
  }

  @Override
  public Iterator<LabelledImage> call(Iterator<ImageFaces> images) {
    return labels(images, new LabelTally());
  }

  /** The images of a part that are labelled, one after the other. */
  Iterator<LabelledImage> labels(Iterator<ImageFaces> images, LabelTally tally) {
    return new Iterator<>() {
      private @Nullable LabelledImage next = advance();

      private @Nullable LabelledImage advance() {
        while (images.hasNext()) {
          ImageFaces image = images.next();
          if (!image.failed()) {
            return labels(image, tally);
          }
          tally.count(LabelFault.FAILED_IMAGE);
        }
        return null;
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public LabelledImage next() {
        LabelledImage image = next;
        if (image == null) {
          throw new NoSuchElementException("the part has no more images");
        }
        next = advance();
        return image;
      }
    };
  }

  private LabelledImage labels(ImageFaces image, LabelTally tally) {
    FaceArrays faces = image.faces();
    LabelCheck check = new LabelCheck(tally);
    List<LabelledFace> labels = new ArrayList<>();
    for (int face = 0; face < faces.count(); face++) {
      // A score that is missing is NaN, and no label.
      if (!(faces.scores()[face] >= rules.ignoredScore())) {
        tally.count(LabelFault.SCORE_LOW);
        continue;
      }
      boolean sure = faces.scores()[face] >= rules.minScore();
      if (!sure) {
        tally.count(LabelFault.SCORE_UNSURE);
      }
      int at = face * FaceArrays.BOX;
      float[] box = Arrays.copyOfRange(faces.boxes(), at, at + FaceArrays.BOX);
      LabelledFace label =
          check.face(
              box,
              sure ? landmarks(faces, face, tally) : null,
              sure ? mesh(faces, face, tally) : null,
              !sure);
      if (label != null) {
        labels.add(label);
        tell(label, faces.mesh(), tally);
      }
    }
    LabelledImage labelled = new LabelledImage(ImageKey.of(image.image()), labels);
    tally.add(labelled);
    return labelled;
  }

  private static void tell(LabelledFace face, FaceArrays.@Nullable Mesh mesh, LabelTally tally) {
    float[] vertices = face.mesh();
    if (vertices != null && mesh != null) {
      tally.add(new LabelMesh(mesh.topology(), vertices.length / LabelledFace.AXES));
    }
  }

  private static float @Nullable [] landmarks(FaceArrays faces, int face, LabelTally tally) {
    int numbers = 2 * faces.points();
    if (numbers == LabelledFace.LANDMARKS) {
      return Arrays.copyOfRange(faces.landmarks(), face * numbers, (face + 1) * numbers);
    }
    if (numbers > 0) {
      tally.count(LabelFault.LANDMARKS_OTHER_NUMBER);
    }
    return null;
  }

  private float @Nullable [] mesh(FaceArrays faces, int face, LabelTally tally) {
    FaceArrays.Mesh mesh = faces.mesh();
    if (mesh == null || mesh.vertices().get(face).length == 0) {
      return null;
    }
    // Earlier tables don't tell a mesh's score, nor do meshes of the detector itself.
    if (mesh.scores()[face] <= rules.minMeshScore()) {
      tally.count(LabelFault.MESH_UNSURE);
      return null;
    }
    return mesh.vertices().get(face);
  }
}
