package org.retinaspark.udf.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The meshes of faces, each the mean of those of all candidates that the face suppresses and its
 * own, weighted by score times IoU: as box voting ({@link BoxVoting}) does with boxes. Neighbouring
 * anchors see a face from other cells, so that their errors differ, and the mean is nearer to the
 * face than the best one's mesh ({@code docs/decisions/0046-recipe.md}).
 */
final class MeshVotes {

  private final Candidates candidates;
  private final BoxGrid kept;
  private final Map<Integer, List<EncodedMeshes.Vote>> votes = new HashMap<>();

  /**
   * Counts the votes.
   *
   * @param kept the candidates that suppress the others
   */
  MeshVotes(Candidates candidates, BoxGrid kept) {
    this.candidates = candidates;
    this.kept = kept;
    if (candidates.withMeshes().isEmpty()) {
      return;
    }
    for (int box = 0; box < kept.size(); box++) {
      add(kept.candidate(box), box, 1);
    }
    for (int candidate : candidates.withMeshes()) {
      int box = kept.first(candidate);
      if (box != BoxGrid.NONE && kept.candidate(box) != candidate) {
        float overlap = candidates.intersectionOverUnion(candidate, kept.candidate(box));
        add(candidate, box, overlap);
      }
    }
  }

  private void add(int candidate, int box, float overlap) {
    EncodedMeshes meshes = candidates.meshes(candidate);
    if (meshes != null) {
      double weight = (double) candidates.score(candidate) * overlap;
      votes
          .computeIfAbsent(box, none -> new ArrayList<>())
          .add(new EncodedMeshes.Vote(meshes, weight));
    }
  }

  /** The meshes of a kept box; none if its own candidate has none. */
  List<FaceMesh> of(int box) {
    EncodedMeshes own = candidates.meshes(kept.candidate(box));
    return own == null ? List.of() : own.mean(votes.getOrDefault(box, List.of())).decode();
  }
}
