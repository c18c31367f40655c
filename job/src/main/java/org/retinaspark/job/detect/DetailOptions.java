package org.retinaspark.job.detect;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.Heading;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelCache;
import org.retinaspark.job.options.Range;
import org.retinaspark.udf.dense.MeshLimits;
import org.retinaspark.udf.pipeline.FaceDetails;
import picocli.CommandLine.Option;

/**
 * The options of {@code detect} that say what is told of each face beside score, box and landmarks.
 * They decide rows only where there is something to be told, so that {@link DetailPlan} records
 * them, with the values that they had.
 */
final class DetailOptions {

  private static final String NONE = "none";

  @Heading("Details of faces")
  @Option(
      names = "--mesh-model",
      paramLabel = "URI|NAME",
      description =
          "ONNX file of a network that looks at each face anew, in a crop of its own: MediaPipe"
              + " Face Mesh, InsightFace 1k3d68 or PFLD, or the name of a published one in the"
              + " cache of deploy/fetch-assets --mesh: mediapipe-face-mesh (Apache-2.0) (default:"
              + " none). Where the detector has meshes too, these replace them.")
  private @Nullable String meshModel;

  @Range(from = 1, to = 10_000)
  @Option(
      names = "--mesh-min-face",
      paramLabel = "PIXELS",
      description =
          "Shorter side that a face must have in the image to get a mesh or 68 points, of the"
              + " detector or of --mesh-model; others have null (default: 32).")
  private @Nullable Double smallestFace;

  @Range(from = 0, to = 1)
  @Option(
      names = "--mesh-min-score",
      paramLabel = "X",
      description =
          "Score that a face must have to get a mesh, 68 points, or a pose of its points: a table"
              + " for benchmarks is full of candidates that are no faces, and each costs a run of"
              + " --mesh-model (default: 0.5).")
  private @Nullable Double leastScore;

  @Option(
      names = "--details",
      paramLabel = "LIST|none",
      description =
          "What the table tells of each face beside score, box and landmarks: some of mesh,"
              + " landmarks68, pose and parts, with commas between. pose needs no mesh model, only"
              + " a detector with five points, but is less exact then (default: mesh, landmarks68"
              + " and pose, as far as the models have meshes or 68 points).")
  private @Nullable String details;

  /**
   * Checks what the options say together.
   *
   * @throws IllegalArgumentException if they contradict each other, with the remedy
   * @throws UsageException if the mesh model is a name, and the cache doesn't have it
   */
  void requireValid() {
    Optional<Set<FaceDetails.Kind>> asked = asked();
    if (meshModel().isPresent()) {
      if (asked.isPresent() && asked.get().isEmpty()) {
        throw new IllegalArgumentException(
            "--details none leaves --mesh-model nothing to tell: give one of the two");
      }
    }
  }

  /**
   * Checks that limits have something to limit.
   *
   * @throws UsageException naming the option that has nothing
   */
  void requireUsed(DetailPlan plan) {
    String limit =
        smallestFace != null ? "--mesh-min-face" : leastScore != null ? "--mesh-min-score" : "";
    if (!limit.isEmpty() && plan.kinds().isEmpty()) {
      throw new UsageException(
          limit
              + " says which faces get a mesh, 68 points or a pose, but the table will have none:"
              + " nothing was read. Give --mesh-model, a --model with meshes or --details pose, or"
              + " leave it out");
    }
  }

  /**
   * Where the network is that looks at each face, if one is to.
   *
   * @throws UsageException if it is a name, and the cache doesn't have that model
   */
  Optional<String> meshModel() {
    return Optional.ofNullable(meshModel).map(ModelCache::location);
  }

  /** Which faces that network looks at. */
  MeshLimits limits() {
    return new MeshLimits(
        smallestFace == null ? MeshLimits.DEFAULT.minimumFace() : smallestFace,
        leastScore == null ? MeshLimits.DEFAULT.minimumScore() : leastScore);
  }

  /**
   * What is to be told; empty if that is left to the models.
   *
   * @throws IllegalArgumentException naming what is no such detail
   */
  Optional<Set<FaceDetails.Kind>> asked() {
    if (details == null) {
      return Optional.empty();
    }
    Set<FaceDetails.Kind> kinds = EnumSet.noneOf(FaceDetails.Kind.class);
    List<String> names = Arrays.stream(details.split(",", -1)).map(String::strip).toList();
    if (names.size() == 1 && names.get(0).equalsIgnoreCase(NONE)) {
      return Optional.of(kinds);
    }
    for (String name : names) {
      if (!kinds.add(kind(name))) {
        throw new IllegalArgumentException(
            "--details has '%s' twice, but must have each once".formatted(name));
      }
    }
    return Optional.of(kinds);
  }

  private static FaceDetails.Kind kind(String name) {
    return Stream.of(FaceDetails.Kind.values())
        .filter(kind -> label(kind).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--details has '%s', but must be some of %s, with commas between, or %s alone"
                        .formatted(
                            name,
                            Stream.of(FaceDetails.Kind.values())
                                .map(DetailOptions::label)
                                .collect(Collectors.joining(", ")),
                            NONE)));
  }

  /** What a detail is called on the command line, in {@code _run.json} and in the table. */
  static String label(FaceDetails.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
