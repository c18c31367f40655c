package org.retinaspark.job.train.fit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.heads.FittedHeads;

/**
 * What a fit gave.
 *
 * @param curve by task, then by iteration
 * @param mesh how the mesh fits; null if none was asked for
 * @param notes what people should know of single anchors
 */
public record FitResult(
    FittedHeads heads, List<LossStep> curve, @Nullable FittedMesh mesh, List<String> notes) {

  /** Keeps unmodifiable lists. */
  public FitResult {
    curve = List.copyOf(curve);
    notes = List.copyOf(notes);
  }
}
