package org.retinaspark.udf.dense;

import java.util.Optional;
import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.input.Warp;
import org.retinaspark.udf.pipeline.ImageResult;

/**
 * The crop of one face.
 *
 * @param face its index among the faces of the image
 * @param warp how it is cut out of the image
 */
record FaceCrop(int face, Warp warp) {

  /**
   * The crop that a recipe makes of a face; empty where the face's box has no area in the image, or
   * isn't finite.
   */
  static Optional<FaceCrop> of(int index, Face face, CropRecipe recipe, ImageResult.Frame frame) {
    Box box = face.box();
    boolean inside =
        box.x1() < frame.width() && box.y1() < frame.height() && box.x2() > 0 && box.y2() > 0;
    return recipe
        .square(face)
        .filter(square -> inside)
        .map(square -> square.toCrop(recipe.pixels()))
        .map(to -> new Warp(to, recipe.pixels(), frame.width(), frame.height()))
        .map(warp -> new FaceCrop(index, warp));
  }

  /**
   * A mesh in the image: x and y by the exact inverse of the crop; z, which no turn in the plane
   * changes, by its scale.
   *
   * @param seen {@code [vertices, 3]} in pixels of the crop
   * @return {@code [vertices, 3]} in pixels of the image
   */
  float[] inImage(float[] seen) {
    Similarity toImage = warp.toCrop().inverse();
    double scale = toImage.scale();
    float[] vertices = new float[seen.length];
    for (int at = 0; at < seen.length; at += MeshTopology.AXES) {
      double x = seen[at];
      double y = seen[at + 1];
      vertices[at] = (float) (toImage.a() * x - toImage.b() * y + toImage.x());
      vertices[at + 1] = (float) (toImage.b() * x + toImage.a() * y + toImage.y());
      vertices[at + 2] = (float) (seen[at + 2] * scale);
    }
    return vertices;
  }
}
