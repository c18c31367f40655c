package org.retinaspark.job.measures.dense;

import org.retinaspark.job.measures.Measure;

/**
 * The {@link MeanShape} of the faces that count and were found: meshes of the reference and five
 * points of the table that is measured, both in the frame of the reference's box. Sums are kept in
 * whole billionths, so that the order of adding changes nothing.
 */
public final class MeanShapeSums implements Measure<MeshedImage, MeanShape, MeanShapeSums> {

  private static final long serialVersionUID = 1L;

  private static final int FIVE = 10;
  private static final double UNIT = 1e-9;

  /** Places in a box that a sum of 63 bits can hold for millions of faces; others count as this. */
  private static final double FARTHEST = 100;

  private final CountedFaces counted;
  private final long[] mesh;
  private final long[] five = new long[FIVE];
  private long meshes;
  private long fives;

  /** Of nothing yet. */
  public MeanShapeSums(CountedFaces counted) {
    this.counted = counted;
    this.mesh = new long[counted.form().numbers()];
  }

  @Override
  public MeanShapeSums empty() {
    return new MeanShapeSums(counted);
  }

  @Override
  public void update(MeshedImage image) {
    int[] pairs = image.pairs();
    for (int face = 0; face < pairs.length; face++) {
      MeshedFace reference = image.reference().get(face);
      if (pairs[face] != MeshedImage.NONE && counted.counts(reference)) {
        add(reference, image.found().get(pairs[face]));
      }
    }
  }

  private void add(MeshedFace reference, MeshedFace found) {
    double[] origin = {reference.box()[0], reference.box()[1], 0};
    double[] unit = {reference.width(), reference.height(), reference.size()};
    int axes = counted.form().axes();
    meshes++;
    for (int at = 0; at < mesh.length; at++) {
      int axis = at % axes;
      mesh[at] += whole((reference.mesh()[at] - origin[axis]) / unit[axis]);
    }
    if (found.hasFive()) {
      fives++;
      for (int at = 0; at < FIVE; at++) {
        int axis = at % 2;
        five[at] += whole((found.five()[at] - origin[axis]) / unit[axis]);
      }
    }
  }

  private static long whole(double place) {
    return Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, place)) / UNIT);
  }

  @Override
  public void merge(MeanShapeSums other) {
    meshes += other.meshes;
    fives += other.fives;
    for (int at = 0; at < mesh.length; at++) {
      mesh[at] += other.mesh[at];
    }
    for (int at = 0; at < FIVE; at++) {
      five[at] += other.five[at];
    }
  }

  @Override
  public MeanShape result() {
    return new MeanShape(
        counted.form(),
        meshes,
        means(mesh, meshes),
        fives == 0 ? new double[0] : means(five, fives));
  }

  private static double[] means(long[] sums, long count) {
    double[] means = new double[sums.length];
    for (int at = 0; at < sums.length; at++) {
      means[at] = sums[at] * UNIT / Math.max(1, count);
    }
    return means;
  }
}
