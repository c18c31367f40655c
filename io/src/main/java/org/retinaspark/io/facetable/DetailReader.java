package org.retinaspark.io.facetable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.jspecify.annotations.Nullable;

/** Reads what {@link DetailColumns} selects of one image, in Spark's own form. */
final class DetailReader {

  /** How many columns there are. */
  static final int COLUMNS = 9;

  private static final int PART = 2;

  private final InternalRow row;
  private final int first;
  private final int faces;

  /**
   * Of a row.
   *
   * @param first the number of the first of the columns
   * @param faces how many the image has
   */
  DetailReader(InternalRow row, int first, int faces) {
    this.row = row;
    this.first = first;
    this.faces = faces;
  }

  /** The meshes; an image's are of one topology, so that one of another counts as none. */
  FaceArrays.@Nullable Mesh mesh() {
    List<@Nullable String> topologies = texts(0);
    String topology = null;
    for (String name : topologies) {
      topology = topology == null ? name : topology;
    }
    if (topology == null) {
      return null;
    }
    List<float[]> vertices = arrays(2);
    float[] scores = new float[faces];
    for (int face = 0; face < faces; face++) {
      boolean told = topology.equals(topologies.get(face));
      scores[face] = told && isTold(1, face) ? array(1).getFloat(face) : Float.NaN;
      if (!told) {
        vertices.set(face, new float[0]);
      }
    }
    return new FaceArrays.Mesh(topology, vertices, scores);
  }

  List<float[]> landmarks68() {
    return isAbsent(3) ? List.of() : arrays(3);
  }

  List<FaceArrays.@Nullable Pose> pose() {
    List<FaceArrays.@Nullable Pose> poses = new ArrayList<>();
    List<@Nullable String> sources = texts(7);
    for (int face = 0; face < (isAbsent(4) ? 0 : faces); face++) {
      boolean told = isTold(4, face) && isTold(5, face) && isTold(6, face);
      poses.add(
          told
              ? new FaceArrays.Pose(
                  array(4).getFloat(face),
                  array(5).getFloat(face),
                  array(6).getFloat(face),
                  sources.get(face))
              : null);
    }
    return poses;
  }

  List<List<FaceArrays.Part>> parts() {
    List<List<FaceArrays.Part>> parts = new ArrayList<>();
    for (int face = 0; face < (isAbsent(8) ? 0 : faces); face++) {
      parts.add(isTold(8, face) ? parts(array(8).getArray(face)) : List.of());
    }
    return parts;
  }

  private static List<FaceArrays.Part> parts(ArrayData told) {
    List<FaceArrays.Part> parts = new ArrayList<>();
    for (int number = 0; number < told.numElements(); number++) {
      if (!told.isNullAt(number)) {
        InternalRow part = told.getStruct(number, PART);
        parts.add(
            new FaceArrays.Part(
                part.isNullAt(0) ? "" : part.getUTF8String(0).toString(),
                part.isNullAt(1) ? "" : part.getUTF8String(1).toString()));
      }
    }
    return parts;
  }

  /** An array for each face, empty for one without; a number that is null is NaN. */
  private List<float[]> arrays(int column) {
    List<float[]> arrays = new ArrayList<>();
    for (int face = 0; face < faces; face++) {
      arrays.add(isTold(column, face) ? floats(array(column).getArray(face)) : new float[0]);
    }
    return arrays;
  }

  private static float[] floats(ArrayData array) {
    float[] values = new float[array.numElements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.isNullAt(i) ? Float.NaN : array.getFloat(i);
    }
    return values;
  }

  private List<@Nullable String> texts(int column) {
    @Nullable String[] texts = new String[faces];
    for (int face = 0; face < faces; face++) {
      texts[face] = isTold(column, face) ? array(column).getUTF8String(face).toString() : null;
    }
    return Arrays.asList(texts);
  }

  private boolean isTold(int column, int face) {
    return !isAbsent(column) && !array(column).isNullAt(face);
  }

  private boolean isAbsent(int column) {
    return row.isNullAt(first + column);
  }

  private ArrayData array(int column) {
    return row.getArray(first + column);
  }
}
