package org.retinaspark.job.measures.dense;

import java.io.Serializable;

/** What became of the faces of a reference that count. */
public final class FaceOutcomes implements Serializable {

  private static final long serialVersionUID = 1L;

  private long measured;
  private long missed;
  private long withoutMesh;

  void addMeasured() {
    measured++;
  }

  void addMissed() {
    missed++;
  }

  void addWithoutMesh() {
    withoutMesh++;
  }

  void merge(FaceOutcomes other) {
    measured += other.measured;
    missed += other.missed;
    withoutMesh += other.withoutMesh;
  }

  /** All of them. */
  public long faces() {
    return measured + missed + withoutMesh;
  }

  /** Those that have errors. */
  public long measured() {
    return measured;
  }

  /** Those that no face of the table overlaps enough. */
  public long missed() {
    return missed;
  }

  /** Those whose face in the table has no mesh to compare, or one that isn't all numbers. */
  public long withoutMesh() {
    return withoutMesh;
  }
}
