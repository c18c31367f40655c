package org.retinaspark.udf.detect.family;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.FaceMesh;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.Mirror;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Point;

/**
 * The meshes that a network gave for one input: a row for each of some anchors, the best-scoring
 * ones of each level, since those of all would take gigabytes. Rows of candidates are copied, for
 * the outputs are gone when it is known which become faces; the geometry waits until then.
 *
 * @param coder of the points
 * @param mirror of the family
 * @param placement the input
 * @param topologies the meshes that are of use, which those of a mirrored input need not be
 * @param tensors the values of each of these, {@code [rows, 3 * vertices]}
 * @param rows of each anchor that has one
 */
record MeshRows(
    BoxCoder coder,
    Mirror mirror,
    Placement placement,
    List<MeshTopology> topologies,
    List<FloatBuffer> tensors,
    Map<Integer, Integer> rows) {

  /**
   * Reads which anchors have a mesh.
   *
   * @param first index of the first of the outputs of meshes
   * @throws InvalidOutputException if the outputs contradict each other
   */
  static MeshRows of(
      RetinaFaceFamily family, BoxCoder coder, NetworkOutput output, int first, long anchors) {
    Placement placement = output.placement();
    List<MeshTopology> topologies = new ArrayList<>();
    List<FloatBuffer> tensors = new ArrayList<>();
    Map<Integer, Integer> rows = new HashMap<>();
    if (!family.meshes().isEmpty()) {
      FloatBuffer indices = output.tensors().get(first);
      for (int row = 0; row < indices.limit(); row++) {
        rows.putIfAbsent(anchor(indices.get(row), anchors), row);
      }
      int next = first + 1;
      for (MeshTopology topology : family.meshes()) {
        long values = (long) indices.limit() * topology.vertices() * MeshTopology.AXES;
        FloatBuffer tensor = output.tensor(next++, values);
        if (topology.isKnown(placement.flip())) {
          topologies.add(topology);
          tensors.add(tensor);
        }
      }
    }
    return new MeshRows(coder, family.mirror(), placement, topologies, tensors, rows);
  }

  private static int anchor(float index, long anchors) {
    if (!(index >= 0 && index < anchors && index == Math.rint(index))) {
      throw new InvalidOutputException(
          "the network gave a mesh of anchor %s, but there are %d, from 0 on"
              .formatted(index, anchors));
    }
    return (int) index;
  }

  /**
   * Hands on the meshes of the candidate that was added last, if it has any.
   *
   * @param reference what they are relative to
   * @throws InvalidOutputException if a value is not finite
   */
  void decode(int index, Anchor reference, Candidates candidates) {
    Integer row = rows.get(index);
    if (row == null || topologies.isEmpty()) {
      return;
    }
    List<float[]> deltas = new ArrayList<>(tensors.size());
    for (int mesh = 0; mesh < tensors.size(); mesh++) {
      deltas.add(row(tensors.get(mesh), row, topologies.get(mesh)));
    }
    candidates.meshes(
        new Undecoded(coder, mirror, placement, reference, List.copyOf(topologies), deltas));
  }

  private static float[] row(FloatBuffer tensor, int row, MeshTopology topology) {
    float[] values = new float[topology.vertices() * MeshTopology.AXES];
    tensor.get(row * values.length, values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidOutputException(
            "the network gave a vertex of mesh '%s' that is not finite".formatted(topology.name()));
      }
    }
    return values;
  }

  /** The rows of one candidate; holds nothing of the outputs. */
  private record Undecoded(
      BoxCoder coder,
      Mirror mirror,
      Placement placement,
      Anchor reference,
      List<MeshTopology> topologies,
      List<float[]> deltas)
      implements Supplier<List<FaceMesh>> {

    @Override
    public List<FaceMesh> get() {
      List<FaceMesh> meshes = new ArrayList<>(deltas.size());
      for (int mesh = 0; mesh < deltas.size(); mesh++) {
        float[] seen = seen(deltas.get(mesh));
        meshes.add(FaceMesh.of(topologies.get(mesh), seen, mirror, placement));
      }
      return meshes;
    }

    /** In network pixels. */
    private float[] seen(float[] values) {
      float[] seen = new float[values.length];
      for (int at = 0; at < values.length; at += MeshTopology.AXES) {
        Point point = coder.decode(reference, new Point(values[at], values[at + 1]));
        seen[at] = point.x();
        seen[at + 1] = point.y();
        seen[at + 2] = coder.depth(reference, values[at + 2]);
      }
      return seen;
    }
  }
}
