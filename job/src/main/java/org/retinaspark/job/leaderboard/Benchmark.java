package org.retinaspark.job.leaderboard;

import java.util.List;
import org.retinaspark.io.wider.GroundTruth;
import org.retinaspark.io.wider.GroundTruthFile;

/**
 * What all cells are measured on.
 *
 * @param split its name
 * @param dialect label of the rules
 * @param subsets of the ground truth, easiest first
 * @param images that are evaluated
 * @param allImages of the ground truth
 * @param files that the ground truth was read from
 */
record Benchmark(
    String split,
    String dialect,
    List<String> subsets,
    int images,
    int allImages,
    List<GroundTruthFile> files) {

  Benchmark {
    subsets = List.copyOf(subsets);
    files = List.copyOf(files);
  }

  /** Of a ground truth, and what is left of it by the list of images. */
  static Benchmark of(LeaderboardConfig config, GroundTruth all, GroundTruth restricted) {
    return new Benchmark(
        config.split(),
        config.dialect().label(),
        all.subsets(),
        restricted.images().size(),
        all.images().size(),
        all.files());
  }
}
