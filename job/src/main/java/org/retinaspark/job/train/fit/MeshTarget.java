package org.retinaspark.job.train.fit;

import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.train.matching.TargetCoder;

/**
 * The labelled mesh: x, y and z of each vertex, relative to the sample's reference.
 *
 * @param coder of the family
 * @param topology of the labels; without a mirror table, samples of mirrored inputs teach nothing
 */
record MeshTarget(BoxCoder coder, MeshTopology topology) implements Target {

  @Override
  public int values() {
    return MeshTopology.AXES * topology.vertices();
  }

  @Override
  public float @Nullable [] encode(ImageRows rows, int row) {
    float[] mesh = rows.positive(row) ? rows.mesh(row) : null;
    boolean unknown = rows.mirrored(row) && topology.mirror().isEmpty();
    if (mesh == null || mesh.length != values() || unknown) {
      return null;
    }
    TargetCoder units = new TargetCoder(coder);
    return Target.finite(units.mesh(rows.reference(row), Target.seen(rows, row), topology, mesh));
  }

  /**
   * The more, the better the reference fits the face: such anchors are kept. Errors count in sides
   * of the face, as they are measured, not in those of the reference.
   */
  @Override
  public double weight(ImageRows rows, int row) {
    double overlap = rows.overlap(row);
    float[] box = rows.box(row);
    Anchor reference = rows.reference(row);
    double area =
        (double) (box[2] - box[0])
            * (box[3] - box[1])
            / ((double) reference.width() * reference.height());
    double weight = overlap * overlap / area;
    return Double.isFinite(weight) ? weight : 0;
  }
}
