package org.retinaspark.job.preview;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.udf.crop.CanonicalFace;
import org.retinaspark.udf.crop.FaceParts;

/** Images of faces with all details, and the page of one. */
final class DetailedFaces {

  static final String MESH = "FaceMesh468";
  static final int WIDTH = 400;
  static final int HEIGHT = 300;

  private DetailedFaces() {}

  /** The canonical face in the middle of the frame. */
  static float[] vertices() {
    float[] vertices = CanonicalFace.of(MESH).orElseThrow().vertices();
    for (int at = 0; at < vertices.length; at += 3) {
      vertices[at] = WIDTH / 2f + 10 * vertices[at];
      vertices[at + 1] = HEIGHT / 2f + 10 * vertices[at + 1];
    }
    return vertices;
  }

  static List<FaceArrays.Part> parts() {
    return FaceParts.of(MESH, vertices(), WIDTH, HEIGHT).stream()
        .map(part -> new FaceArrays.Part(part.part(), part.rle()))
        .toList();
  }

  /** As many faces of these details, one over the other, growing. */
  static FaceArrays faces(
      int count, String topology, float[] vertices, List<FaceArrays.Part> parts) {
    float[] scores = new float[count];
    Arrays.fill(scores, 0.9f);
    float[] boxes = new float[4 * count];
    for (int face = 0; face < count; face++) {
      boxes[4 * face + 2] = 100 + face;
      boxes[4 * face + 3] = 100;
    }
    return new FaceArrays(
        scores,
        boxes,
        new float[10 * count],
        new FaceArrays.Mesh(topology, Collections.nCopies(count, vertices), new float[count]),
        Collections.nCopies(count, new float[136]),
        Collections.nCopies(count, new FaceArrays.Pose(30, 0, 0, "mesh")),
        Collections.nCopies(count, parts));
  }

  static ImageRecord image(FaceArrays faces) {
    return new ImageRecord(
        "photo.jpg",
        null,
        "file:/photo.jpg",
        null,
        1,
        null,
        null,
        new ImageFrame(WIDTH, HEIGHT, 1),
        null,
        List.of(),
        faces,
        List.of());
  }

  static String page(FaceArrays faces) throws IOException {
    ImageRecord image = image(faces);
    StringWriter out = new StringWriter();
    PreviewPage page = new PreviewPage(out, 0.5f);
    page.begin("table", List.of(image), 1);
    page.add(image, "data:image/png;base64,", null);
    page.end();
    return out.toString();
  }
}
