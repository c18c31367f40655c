package org.retinaspark.udf.dense;

import java.util.EnumSet;
import java.util.Set;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.Station;
import org.retinaspark.udf.pipeline.StationFactory;
import org.retinaspark.udf.pipeline.StationNetworks;
import org.retinaspark.udf.runtime.SessionRequest;

/**
 * Makes stations that look at each face a second time, for its mesh or its 68 points. What they
 * find takes the place of what the detector told.
 *
 * @param model the network
 * @param session where it runs
 * @param limits which faces are looked at
 * @param bytes the network's file
 */
public record MeshStationFactory(
    MeshModel model, SessionRequest session, MeshLimits limits, ModelBytes bytes)
    implements StationFactory {

  @Override
  public Station open(StationNetworks networks) {
    return new MeshStation(model, limits, networks.open(session, bytes));
  }

  /** The mesh, the 68 points, or both; whatever the network gives itself. */
  @Override
  public Set<FaceDetails.Kind> fills() {
    Set<FaceDetails.Kind> kinds = EnumSet.noneOf(FaceDetails.Kind.class);
    if (model.topology().isPresent()) {
      kinds.add(FaceDetails.Kind.MESH);
    }
    if (model.givesLandmarks68()) {
      kinds.add(FaceDetails.Kind.LANDMARKS68);
    }
    return kinds;
  }
}
