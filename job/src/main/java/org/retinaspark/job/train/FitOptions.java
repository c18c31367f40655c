package org.retinaspark.job.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.Heading;
import org.retinaspark.job.options.Range;
import org.retinaspark.job.train.fit.FitSettings;
import org.retinaspark.job.train.fit.FitStart;
import org.retinaspark.job.train.loss.HardNegatives;
import picocli.CommandLine.Option;

/** The options of {@code train} that say what is fitted, and how. */
final class FitOptions {

  @Heading("The fit")
  @Option(
      names = "--heads",
      paramLabel = "LIST",
      split = ",",
      description =
          "What is fitted, some of class, box, landmarks and mesh; the others stay as the model has"
              + " them (default: mesh where the labels have meshes, else all that they teach).")
  private @Nullable List<String> heads;

  @Option(
      names = "--start",
      paramLabel = "model|zero",
      defaultValue = "model",
      description =
          "Where class, box and landmarks begin: at the model's own heads, which find the first"
              + " hard negatives too, or at zero (default: ${DEFAULT-VALUE}).")
  private FitStart start = FitStart.MODEL;

  @Range(from = 1, to = 20)
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "Fits of the class head; before each but the first the negatives that are hardest for the"
              + " one before are looked for. Without class there is one fit (default:"
              + " ${DEFAULT-VALUE}).")
  private int rounds = 1;

  @Range(from = 0, to = 1000)
  @Option(
      names = "--hard-negatives",
      paramLabel = "N",
      description =
          "Of the negatives of a view that are stored, at each step only the N a positive that lose"
              + " most (the paper: 3); 0 for all, which finds more faces where --random-negatives"
              + " are among them (default: ${DEFAULT-VALUE}).")
  private int hardNegatives = 0;

  @Range(from = 0, to = 1e9)
  @Option(
      names = "--ridge",
      paramLabel = "X",
      description =
          "What weights of class, box and landmarks cost that are far from where they began, in"
              + " standardised features (default: 1 from the"
              + " model's own, 1e-4 from zero).")
  private @Nullable Double ridge;

  @Range(from = 1, to = 10_000)
  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Steps of L-BFGS for a head, at most (default: ${DEFAULT-VALUE}).")
  private int iterations = FitSettings.ITERATIONS;

  @Range(from = 1, to = 1000)
  @Option(
      names = "--coefficients",
      paramLabel = "N",
      description =
          "Numbers that the network tells of a face's mesh, from which its vertices are made"
              + " (default: ${DEFAULT-VALUE}).")
  private int coefficients = 40;

  @Range(from = 0, to = 1e9)
  @Option(
      names = "--mesh-ridge",
      paramLabel = "X",
      description =
          "What large weights of the mesh cost, relative to the mean square of a feature (default:"
              + " ${DEFAULT-VALUE}).")
  private double meshRidge = 0.01;

  /** The values of all, by option, but for the heads, which the labels may decide. */
  Map<String, String> recorded() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("--start", start.label());
    values.put("--rounds", Integer.toString(rounds));
    values.put("--hard-negatives", Integer.toString(hardNegatives));
    values.put("--ridge", Double.toString(ridge()));
    values.put("--iterations", Integer.toString(iterations));
    values.put("--coefficients", Integer.toString(coefficients));
    values.put("--mesh-ridge", Double.toString(meshRidge));
    return values;
  }

  /**
   * Checks what is more than a range.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  void requireValid() {
    heads();
  }

  /** What is to be fitted; empty if that is left to the labels. */
  Optional<Set<TrainedHead>> heads() {
    return Optional.ofNullable(heads).map(TrainedHead::of);
  }

  FitStart start() {
    return start;
  }

  int rounds() {
    return rounds;
  }

  double ridge() {
    return ridge == null ? start.ridge() : ridge;
  }

  /** Which negatives count at a step; null if all do. */
  @Nullable HardNegatives hardNegatives() {
    return hardNegatives == 0 ? null : new HardNegatives(hardNegatives);
  }

  int iterations() {
    return iterations;
  }

  int coefficients() {
    return coefficients;
  }

  double meshRidge() {
    return meshRidge;
  }
}
