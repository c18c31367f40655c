package org.retinaspark.udf.pipeline;

import java.io.Serializable;
import java.util.Set;

/** Makes a station for each task, on its executor; travels there with {@link DetectSettings}. */
public interface StationFactory extends Serializable {

  /**
   * Makes a station of one task.
   *
   * @param networks opens the networks that it needs
   */
  Station open(StationNetworks networks);

  /** What the station tells of each face: the columns that the table will have. */
  Set<FaceDetails.Kind> fills();
}
