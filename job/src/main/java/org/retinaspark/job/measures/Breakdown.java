package org.retinaspark.job.measures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an evaluation counts separately: every subset as a whole, by slice of faces and by event.
 *
 * @param subsets names of the subsets, at most {@value #MAX_SUBSETS}
 * @param slices slices of faces, at most {@value #MAX_SLICES}; a face may be in several
 * @param events names of the events, at least one; an image is in exactly one
 */
public record Breakdown(List<String> subsets, List<FaceSlice> slices, List<String> events)
    implements Serializable {

  /** Subsets that a bit mask of 60 bits holds at ten overlap thresholds, beside all faces. */
  public static final int MAX_SUBSETS = 5;

  /** Slices that an {@code int} mask holds. */
  public static final int MAX_SLICES = 31;

  /**
   * Keeps copies and checks the sizes.
   *
   * @throws IllegalArgumentException if there are too many subsets or slices, or no event
   */
  public Breakdown {
    subsets = List.copyOf(subsets);
    slices = List.copyOf(slices);
    events = List.copyOf(events);
    if (subsets.size() > MAX_SUBSETS || slices.size() > MAX_SLICES || events.isEmpty()) {
      throw new IllegalArgumentException(
          "%d subsets, %d slices and %d events; at most %d and %d, and at least one event"
              .formatted(subsets.size(), slices.size(), events.size(), MAX_SUBSETS, MAX_SLICES));
    }
  }

  /** Counters a subset: one for the whole, one a slice, one an event. */
  int groups() {
    return 1 + slices.size() + events.size();
  }

  int whole(int subset) {
    return subset * groups();
  }

  int slice(int subset, int slice) {
    return subset * groups() + 1 + slice;
  }

  int event(int subset, int event) {
    return subset * groups() + 1 + slices.size() + event;
  }

  /** The groups of a subset, in the order of their counters. */
  public List<FaceSlice> groupNames() {
    List<FaceSlice> names = new ArrayList<>();
    names.add(FaceSlice.ALL);
    names.addAll(slices);
    events.forEach(event -> names.add(new FaceSlice("event", event)));
    return names;
  }
}
