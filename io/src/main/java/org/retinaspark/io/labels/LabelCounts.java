package org.retinaspark.io.labels;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What labels hold.
 *
 * @param images with faces or without
 * @param faces of all images, ignored ones included
 * @param ignored faces that are neither face nor background
 * @param landmarks faces with five landmarks
 * @param meshes faces with a mesh
 * @param faults what was not taken as it stands, by reason; only reasons that there are
 */
public record LabelCounts(
    long images,
    long faces,
    long ignored,
    long landmarks,
    long meshes,
    Map<LabelFault, Long> faults) {

  /** Keeps an unmodifiable copy. */
  public LabelCounts {
    Map<LabelFault, Long> copy = new EnumMap<>(LabelFault.class);
    copy.putAll(faults);
    faults = Collections.unmodifiableMap(copy);
  }
}
