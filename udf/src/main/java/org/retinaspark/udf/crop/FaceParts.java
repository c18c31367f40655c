package org.retinaspark.udf.crop;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * The parts of a face as masks, drawn from its mesh. Every triangle of the mesh belongs to exactly
 * one part, and a pixel to the triangle that is nearest to the camera where the pixel's centre is:
 * so masks exclude each other, and what the head itself hides is of no part.
 */
public final class FaceParts {

  /** The parts of a face in their order: {@code skin} is what is of no other. */
  public static final List<String> NAMES = FaceRegions.NAMES;

  private FaceParts() {}

  /** What is known of MediaPipe's mesh, made when the first face asks. */
  private static final class FaceMesh468 {
    static final CanonicalFace FACE = CanonicalFace.of(MeshTopology.FACE_MESH.name()).orElseThrow();
    static final int[] TRIANGLES = FACE.triangles();
    static final byte[] REGIONS = FaceRegions.of(TRIANGLES, MeshTopology.FACE_MESH.mirror());
  }

  /**
   * The parts that are seen of a face, as masks over the frame.
   *
   * @param topology the name of the mesh
   * @param vertices {@code [vertices, 3]}: x and y in pixels of the frame, z in the same unit,
   *     growing away from the camera
   * @param width of the frame, in pixels
   * @param height of the frame, in pixels
   * @return every part, in the order of {@link #NAMES}, with an empty mask if nothing of it is
   *     seen; no part if they are unknown of the topology, if the vertices aren't as many as it
   *     has, if one isn't finite, or if the mesh is crumpled as no face's is
   */
  public static List<FacePart> of(String topology, float[] vertices, int width, int height) {
    if (!MeshPoints.fits(MeshTopology.FACE_MESH, topology, vertices)
        || !MeshPoints.areFinite(vertices)) {
      return List.of();
    }
    List<MaskWriter> masks = new ArrayList<>(NAMES.size());
    for (int part = 0; part < NAMES.size(); part++) {
      masks.add(new MaskWriter());
    }
    VisibleSurface surface = new VisibleSurface(vertices, FaceMesh468.TRIANGLES, width, height);
    boolean whole =
        surface.paint(FaceMesh468.REGIONS, (part, from, to) -> masks.get(part).add(from, to));
    if (!whole) {
      return List.of();
    }
    List<FacePart> parts = new ArrayList<>(NAMES.size());
    for (int part = 0; part < NAMES.size(); part++) {
      parts.add(new FacePart(NAMES.get(part), masks.get(part).end((long) width * height)));
    }
    return List.copyOf(parts);
  }
}
