package org.retinaspark.udf.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.ImageInProgress;
import org.retinaspark.udf.pipeline.Station;
import org.retinaspark.udf.pipeline.StationFactory;
import org.retinaspark.udf.pipeline.StationNetworks;

/**
 * Leaves of the meshes and 68 points that a detector tells itself only those of faces that a second
 * network would look at, so that tables of both ways have the same faces, and those of small and
 * unlikely ones take no room. Stands first behind the detector, without a network and without
 * pixels.
 *
 * @param limits which faces keep theirs
 */
public record MeshSelection(MeshLimits limits) implements StationFactory, Station {

  private static final float[] NONE = {};

  @Override
  public Station open(StationNetworks networks) {
    return this;
  }

  @Override
  public Set<FaceDetails.Kind> fills() {
    return Set.of();
  }

  @Override
  public boolean readsPixels() {
    return false;
  }

  @Override
  public Step submit(ImageInProgress image) {
    return new Step() {
      @Override
      public void finish() {
        image.describe(selected(image.details(), image.faces()));
      }

      @Override
      public void close() {}
    };
  }

  private FaceDetails selected(FaceDetails details, List<Face> faces) {
    FaceDetails.Mesh mesh = details.mesh();
    FaceDetails selected = details;
    if (mesh != null) {
      List<float[]> kept = kept(mesh.vertices(), faces);
      selected = selected.and(new FaceDetails.Mesh(mesh.topology(), kept, mesh.scores()));
    }
    List<float[]> points = details.landmarks68();
    return points == null ? selected : selected.andLandmarks68(kept(points, faces));
  }

  private List<float[]> kept(List<float[]> found, List<Face> faces) {
    List<float[]> kept = new ArrayList<>(found.size());
    for (int index = 0; index < found.size(); index++) {
      Face face = faces.get(index);
      kept.add(limits.isLikely(face) && limits.isLarge(face) ? found.get(index) : NONE);
    }
    return kept;
  }
}
