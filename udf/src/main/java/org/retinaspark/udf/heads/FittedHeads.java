package org.retinaspark.udf.heads;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fit gives.
 *
 * @param heads in place of the model's own; tasks that are missing keep theirs
 * @param mesh a head that the model hasn't, or null
 */
public record FittedHeads(Map<HeadTask, LinearHead> heads, @Nullable MeshHead mesh) {

  /**
   * Keeps an unmodifiable map.
   *
   * @throws IllegalArgumentException if a head has another number of values than its task
   */
  public FittedHeads {
    heads = Map.copyOf(heads);
    heads.forEach(
        (task, head) -> {
          if (head.values() != task.perAnchor()) {
            throw new IllegalArgumentException(
                "a head of %s has %d values an anchor, but must have %d"
                    .formatted(task, head.values(), task.perAnchor()));
          }
        });
  }
}
