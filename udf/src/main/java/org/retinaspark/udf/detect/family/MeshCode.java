package org.retinaspark.udf.detect.family;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * How a network tells its meshes.
 *
 * @param bases of those that it tells by coefficients, by name; it gives the others' vertices
 *     themselves
 */
public record MeshCode(Map<String, MeshBasis> bases) implements Serializable {

  /** Vertices, relative to what landmarks are. */
  public static final MeshCode DIRECT = new MeshCode(Map.of());

  /** Keeps an unmodifiable map. */
  public MeshCode {
    bases = Map.copyOf(bases);
  }

  /**
   * Whether meshes are told by coefficients, few enough to be kept of every candidate, so that
   * those of a face can be averaged.
   */
  boolean isLinear() {
    return !bases.isEmpty();
  }

  /** Numbers that the network gives a mesh. */
  public int values(MeshTopology mesh) {
    MeshBasis basis = bases.get(mesh.name());
    return basis == null ? mesh.vertices() * MeshTopology.AXES : basis.coefficients();
  }

  /** The vertices, relative to what landmarks are, of what the network gave. */
  float[] vertices(MeshTopology mesh, float[] values) {
    @Nullable MeshBasis basis = bases.get(mesh.name());
    return basis == null ? values : basis.vertices(values);
  }
}
