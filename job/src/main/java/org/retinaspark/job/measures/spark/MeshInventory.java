package org.retinaspark.job.measures.spark;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFaces;
import org.retinaspark.job.measures.Measure;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * Which meshes the faces of a table have, and whether one has the 68 points. Public as Spark's
 * encoder needs it.
 */
public final class MeshInventory implements Measure<ImageFaces, MeshInventory, MeshInventory> {

  private static final long serialVersionUID = 1L;

  /** More kinds than this are not told apart: a table of two is as little comparable. */
  private static final int KINDS = 3;

  /** What a mesh is by its name and its vertices. */
  record Kind(String topology, int vertices) implements Comparable<Kind>, Serializable {

    @Override
    public int compareTo(Kind other) {
      return Comparator.comparing(Kind::topology)
          .thenComparing(Kind::vertices)
          .compare(this, other);
    }
  }

  private final TreeSet<Kind> kinds = new TreeSet<>();
  private boolean points68;

  @Override
  public MeshInventory empty() {
    return new MeshInventory();
  }

  @Override
  public void update(ImageFaces image) {
    FaceArrays.Mesh mesh = image.faces().mesh();
    if (mesh != null) {
      for (float[] vertices : mesh.vertices()) {
        if (vertices.length > 0) {
          add(new Kind(mesh.topology(), vertices.length / MeshTopology.AXES));
        }
      }
    }
    for (float[] points : image.faces().landmarks68()) {
      points68 |= points.length > 0;
    }
  }

  private void add(Kind kind) {
    kinds.add(kind);
    if (kinds.size() > KINDS) {
      kinds.pollLast();
    }
  }

  @Override
  public void merge(MeshInventory other) {
    other.kinds.forEach(this::add);
    points68 |= other.points68;
  }

  @Override
  public MeshInventory result() {
    return this;
  }

  List<Kind> kinds() {
    return List.copyOf(kinds);
  }

  boolean hasPoints68() {
    return points68;
  }

  /** For people. */
  @Override
  public String toString() {
    List<String> names =
        kinds.stream()
            .map(kind -> kind.topology() + " of " + kind.vertices() + " vertices")
            .toList();
    return (names.isEmpty() ? "no meshes" : "meshes " + String.join(", ", names))
        + (points68 ? " and 68 points" : " and no 68 points");
  }
}
