package org.retinaspark.udf.detect.family;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.EncodedMeshes;
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
 * @param code of the meshes
 * @param mirror of the family
 * @param placement the input
 * @param topologies the meshes that are of use, which those of a mirrored input need not be
 * @param tensors the values of each of these, {@code [rows, numbers of a mesh]}
 * @param rows of each anchor that has one
 */
record MeshRows(
    BoxCoder coder,
    MeshCode code,
    Mirror mirror,
    Placement placement,
    List<MeshTopology> topologies,
    List<FloatBuffer> tensors,
    Map<Integer, Integer> rows) {

  /**
   * Below it most candidates are no faces, but a table for benchmarks keeps them: of 9,562 on 100
   * photos 996 reach it. Meshes of the others would cost more than the network. The second network
   * of {@code --mesh-model} looks at none of them either, where nothing else is said.
   */
  private static final float LEAST_SCORE_OF_COEFFICIENTS = 0.5f;

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
        long values = (long) indices.limit() * family.code().values(topology);
        FloatBuffer tensor = output.tensor(next++, values);
        if (topology.isKnown(placement.flip())) {
          topologies.add(topology);
          tensors.add(tensor);
        }
      }
    }
    return new MeshRows(
        coder, family.code(), family.mirror(), placement, topologies, tensors, rows);
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
   * @param score of the candidate
   * @param reference what landmarks are relative to
   * @throws InvalidOutputException if a value is not finite
   */
  void decode(int index, float score, Anchor reference, Candidates candidates) {
    Integer row = rows.get(index);
    if (row == null || topologies.isEmpty()) {
      return;
    }
    if (!code.bases().isEmpty() && score < LEAST_SCORE_OF_COEFFICIENTS) {
      return;
    }
    List<float[]> deltas = new ArrayList<>(tensors.size());
    for (int mesh = 0; mesh < tensors.size(); mesh++) {
      deltas.add(row(tensors.get(mesh), row, topologies.get(mesh)));
    }
    Frame frame = new Frame(reference, coder);
    candidates.meshes(
        new Undecoded(frame, code, mirror, placement, List.copyOf(topologies), deltas));
  }

  private float[] row(FloatBuffer tensor, int row, MeshTopology topology) {
    float[] values = new float[code.values(topology)];
    tensor.get(row * values.length, values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidOutputException(
            "the network gave a number of mesh '%s' that is not finite".formatted(topology.name()));
      }
    }
    return values;
  }

  /**
   * What vertices are relative to.
   *
   * @param about from its centre in its sides
   * @param coder in what share of them
   */
  private record Frame(Anchor about, BoxCoder coder) {

    /** Vertices in network pixels. */
    float[] seen(float[] values) {
      float[] seen = new float[values.length];
      for (int at = 0; at < values.length; at += MeshTopology.AXES) {
        Point point = coder.decode(about, new Point(values[at], values[at + 1]));
        seen[at] = point.x();
        seen[at + 1] = point.y();
        seen[at + 2] = coder.depth(about, values[at + 2]);
        if (!Float.isFinite(seen[at] + seen[at + 1] + seen[at + 2])) {
          throw new InvalidOutputException("the network gave a vertex that is not finite");
        }
      }
      return seen;
    }
  }

  /** The rows of one candidate; holds nothing of the outputs. */
  private record Undecoded(
      Frame frame,
      MeshCode code,
      Mirror mirror,
      Placement placement,
      List<MeshTopology> topologies,
      List<float[]> rows)
      implements EncodedMeshes {

    @Override
    public EncodedMeshes mean(List<Vote> votes) {
      List<Weighted> seen = new ArrayList<>();
      for (Vote vote : votes) {
        if (vote.meshes() instanceof Undecoded other && other.placement.equals(placement)) {
          seen.add(new Weighted(other, vote.weight()));
        }
      }
      return seen.size() < 2 || !code.isLinear() ? this : Weighted.mean(seen);
    }

    @Override
    public List<FaceMesh> decode() {
      List<FaceMesh> meshes = new ArrayList<>(rows.size());
      for (int mesh = 0; mesh < rows.size(); mesh++) {
        MeshTopology topology = topologies.get(mesh);
        float[] seen = frame.seen(code.vertices(topology, rows.get(mesh)));
        meshes.add(FaceMesh.of(topology, seen, mirror, placement));
      }
      return meshes;
    }
  }

  /** The rows of a candidate of a face, and what they count. */
  private record Weighted(Undecoded meshes, double weight) {

    /**
     * The mean of vertices, before they are decoded: a vertex is the centre of what it is relative
     * to, plus a linear function of the row times that one's side. So the mean of such places and
     * sides goes with the mean of rows that are weighted by the sides. Exact where references are
     * square, as anchors are; else the y of a vertex goes by the weights of its x.
     */
    static Undecoded mean(List<Weighted> all) {
      Undecoded first = all.get(0).meshes;
      double[] place = new double[4];
      double total = 0;
      List<double[]> sums = new ArrayList<>();
      first.rows.forEach(row -> sums.add(new double[row.length]));
      for (Weighted one : all) {
        Anchor about = one.meshes.frame.about();
        total += one.weight;
        place[0] += one.weight * about.x();
        place[1] += one.weight * about.y();
        place[2] += one.weight * about.width();
        place[3] += one.weight * about.height();
        for (int mesh = 0; mesh < sums.size(); mesh++) {
          addTimes(sums.get(mesh), one.meshes.rows.get(mesh), one.weight * about.width());
        }
      }
      double sides = place[2];
      List<float[]> rows = sums.stream().map(sum -> dividedBy(sum, sides)).toList();
      float[] at = dividedBy(place, total);
      Frame frame = new Frame(new Anchor(at[0], at[1], at[2], at[3]), first.frame.coder());
      return new Undecoded(
          frame, first.code, first.mirror, first.placement, first.topologies, rows);
    }

    private static void addTimes(double[] sum, float[] row, double weight) {
      for (int at = 0; at < sum.length; at++) {
        sum[at] += weight * row[at];
      }
    }

    private static float[] dividedBy(double[] sum, double divisor) {
      float[] mean = new float[sum.length];
      for (int at = 0; at < sum.length; at++) {
        mean[at] = (float) (sum[at] / divisor);
      }
      return mean;
    }
  }
}
