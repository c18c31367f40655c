package org.retinaspark.udf.train.matching;

import java.util.List;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.Mirror;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.detect.family.BoxDeltas;

/**
 * What a head should have said of a labelled face at an anchor: the code that {@code detect}
 * decodes. References and labels lie in the image's frame; if the network saw it mirrored, the
 * reference is the one that was mirrored back, x of what is told has the other sign, and left and
 * right change names.
 *
 * @param coder of the family
 */
public record TargetCoder(BoxCoder coder) {

  private static final int PLANE = 2;

  /**
   * The targets of a box.
   *
   * @param seen how the network saw the image
   * @param box x1, y1, x2, y2; of some width and height
   * @return x, y, logarithms of width and height
   */
  public float[] box(Anchor reference, Flip seen, float[] box) {
    BoxDeltas deltas = coder.encode(reference, new Box(box[0], box[1], box[2], box[3]));
    return new float[] {sign(seen) * deltas.x(), deltas.y(), deltas.width(), deltas.height()};
  }

  /**
   * The targets of five landmarks.
   *
   * @param landmarks x and y of left eye, right eye, nose tip, left and right corner of the mouth
   * @return in the order in which the network tells them
   */
  public float[] landmarks(Anchor reference, Flip seen, float[] landmarks) {
    float[] targets = new float[landmarks.length];
    for (int point = 0; point < landmarks.length / PLANE; point++) {
      put(
          reference,
          seen,
          landmarks,
          point * PLANE,
          targets,
          told(Mirror.FIVE_LANDMARKS, seen, point) * PLANE);
    }
    return targets;
  }

  /**
   * The targets of a mesh.
   *
   * @param topology one whose mirror image is known, if the image was mirrored
   * @param mesh x, y and z of each vertex, z in pixels along x
   * @return in the order in which the network tells them
   */
  public float[] mesh(Anchor reference, Flip seen, MeshTopology topology, float[] mesh) {
    float[] targets = new float[mesh.length];
    for (int vertex = 0; vertex < topology.vertices(); vertex++) {
      int from = vertex * MeshTopology.AXES;
      int to = told(topology.mirror(), seen, vertex) * MeshTopology.AXES;
      put(reference, seen, mesh, from, targets, to);
      targets[to + PLANE] = coder.encodeDepth(reference, mesh[from + PLANE]);
    }
    return targets;
  }

  private void put(Anchor reference, Flip seen, float[] points, int from, float[] targets, int to) {
    Point delta = coder.encode(reference, new Point(points[from], points[from + 1]));
    targets[to] = sign(seen) * delta.x();
    targets[to + 1] = delta.y();
  }

  private static int told(List<Integer> mirror, Flip seen, int point) {
    return seen == Flip.HORIZONTAL ? mirror.get(point) : point;
  }

  private static int sign(Flip seen) {
    return seen == Flip.HORIZONTAL ? -1 : 1;
  }
}
