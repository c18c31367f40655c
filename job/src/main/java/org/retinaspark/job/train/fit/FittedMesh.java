package org.retinaspark.job.train.fit;

import java.util.List;
import org.retinaspark.udf.heads.MeshHead;

/**
 * The fitted head of meshes.
 *
 * @param rows samples that it was fitted to
 * @param basisShare of the squares of the full fit's values less the mean that the basis keeps,
 *     from 0 to 1
 * @param explained share of the squares of the targets less their mean that the head explains; of
 *     the samples that it was fitted to
 * @param notes what people should know of single anchors
 */
public record FittedMesh(
    MeshHead head, long rows, double basisShare, double explained, List<String> notes) {

  /** Keeps an unmodifiable list. */
  public FittedMesh {
    notes = List.copyOf(notes);
  }
}
