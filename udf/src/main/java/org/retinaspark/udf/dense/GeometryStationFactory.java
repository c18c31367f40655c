package org.retinaspark.udf.dense;

import java.util.EnumSet;
import java.util.Set;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.Station;
import org.retinaspark.udf.pipeline.StationFactory;
import org.retinaspark.udf.pipeline.StationNetworks;

/**
 * Makes stations that derive from what is known of a face what else is wanted, without a network
 * and without pixels: the 68 points of the mesh, the pose (of the mesh, else of the 68 points, else
 * of the five), the parts of the mesh. They stand last in a line. What an earlier station or the
 * detector told itself stays. Of a mesh that its network doubts ({@link #BELIEVED}) nothing is
 * derived.
 *
 * @param wanted what is derived where it isn't known: not the mesh
 * @param minimumScore the detector's score of a face from which on a pose of its points, 68 or
 *     five, is derived: a table for benchmarks is full of candidates that are no faces
 */
public record GeometryStationFactory(Set<FaceDetails.Kind> wanted, double minimumScore)
    implements StationFactory {

  /**
   * A mesh to which its network gives a lower probability of being a face's tells nothing: seen on
   * hands, backs of heads and faces that something hides, it lies far beside the detector's own
   * points (docs/evaluation.md). A mesh without a score is believed.
   */
  public static final float BELIEVED = 0.5f;

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException if a mesh is wanted, which nothing can be derived from
   */
  public GeometryStationFactory {
    if (wanted.contains(FaceDetails.Kind.MESH)) {
      throw new IllegalArgumentException("a mesh can't be derived from anything");
    }
    wanted = Set.copyOf(wanted);
  }

  @Override
  public Station open(StationNetworks networks) {
    return new GeometryStation(wanted, minimumScore);
  }

  @Override
  public Set<FaceDetails.Kind> fills() {
    return wanted.isEmpty() ? EnumSet.noneOf(FaceDetails.Kind.class) : EnumSet.copyOf(wanted);
  }
}
