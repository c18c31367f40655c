package org.retinaspark.job.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.crop.Landmarks68;
import org.retinaspark.udf.dense.GeometryStationFactory;
import org.retinaspark.udf.dense.MeshModel;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.pipeline.FaceDetails;

/**
 * What the table tells of each face beside score, box and landmarks, and where it comes from: what
 * the user asked for, as far as the models give it.
 *
 * @param sources where each detail comes from
 * @param second the network behind the detector, if there is one
 */
record DetailPlan(Map<FaceDetails.Kind, Source> sources, Optional<MeshModel> second) {

  private static final String SECOND = "the mesh model's";

  private static final String DETECTOR = "the detector's";

  /**
   * Where a detail comes from.
   *
   * @param told in words
   * @param isDerived whether it is computed of something else that a network gave
   */
  record Source(String told, boolean isDerived) {}

  /** Keeps an unmodifiable copy, in the order of the details. */
  DetailPlan {
    sources = Collections.unmodifiableMap(copy(sources));
  }

  private static Map<FaceDetails.Kind, Source> copy(Map<FaceDetails.Kind, Source> sources) {
    Map<FaceDetails.Kind, Source> copy = new EnumMap<>(FaceDetails.Kind.class);
    copy.putAll(sources);
    return copy;
  }

  /**
   * Plans what these models can tell.
   *
   * @param asked what the user asked for; empty for what the models give
   * @throws UsageException naming what was asked for and can't be told, with the remedy
   */
  static DetailPlan of(
      Optional<Set<FaceDetails.Kind>> asked,
      ModelDescription detector,
      Optional<MeshModel> second) {
    Models models = new Models(detector, second);
    Map<FaceDetails.Kind, Source> possible = models.possible();
    if (asked.isEmpty()) {
      possible.keySet().retainAll(models.byDefault());
      return new DetailPlan(possible, second);
    }
    for (FaceDetails.Kind kind : asked.get()) {
      if (!possible.containsKey(kind)) {
        throw new UsageException(models.unmet(kind));
      }
    }
    possible.keySet().retainAll(asked.get());
    return new DetailPlan(possible, second);
  }

  /** The columns. */
  Set<FaceDetails.Kind> kinds() {
    return sources.keySet();
  }

  /** What has to be computed of what the networks give. */
  Set<FaceDetails.Kind> derived() {
    Set<FaceDetails.Kind> derived = EnumSet.noneOf(FaceDetails.Kind.class);
    sources.forEach(
        (kind, source) -> {
          if (source.isDerived()) derived.add(kind);
        });
    return derived;
  }

  /** What the detector and the network behind it, if there is one, tell together. */
  private record Models(ModelDescription detector, Optional<MeshModel> second) {

    /** The mesh that a face has, of the second network if that gives one. */
    Optional<MeshTopology> mesh() {
      return second.flatMap(MeshModel::topology).or(() -> FaceDetails.densest(detector.family()));
    }

    boolean isSecondsMesh() {
      return second.flatMap(MeshModel::topology).isPresent();
    }

    Map<FaceDetails.Kind, Source> possible() {
      Map<FaceDetails.Kind, Source> possible = new EnumMap<>(FaceDetails.Kind.class);
      mesh()
          .ifPresent(
              mesh ->
                  possible.put(
                      FaceDetails.Kind.MESH,
                      new Source(
                          (isSecondsMesh() ? SECOND : DETECTOR) + ", " + mesh.name(), false)));
      landmarks68().ifPresent(source -> possible.put(FaceDetails.Kind.LANDMARKS68, source));
      pose().ifPresent(source -> possible.put(FaceDetails.Kind.POSE, source));
      faceMesh()
          .ifPresent(
              mesh ->
                  possible.put(
                      FaceDetails.Kind.PARTS,
                      new Source("of the mesh " + mesh.name() + believed(), true)));
      return possible;
    }

    private Optional<Source> landmarks68() {
      if (second.filter(MeshModel::givesLandmarks68).isPresent()) {
        return Optional.of(new Source(SECOND, false));
      }
      if (detector.family().meshes().stream().anyMatch(MeshTopology::isMesh68)) {
        return Optional.of(new Source(DETECTOR, false));
      }
      return faceMesh()
          .map(
              mesh ->
                  new Source(
                      "of %s, %s%s".formatted(mesh.name(), Landmarks68.SOURCE, believed()), true));
    }

    /** From the best to what a face has at least. */
    private Optional<Source> pose() {
      List<String> ways = new ArrayList<>();
      faceMesh().ifPresent(mesh -> ways.add("of the mesh " + mesh.name() + believed()));
      landmarks68()
          .filter(points -> !points.isDerived())
          .ifPresent(points -> ways.add("of the 68 points"));
      if (!detector.family().mirror().landmarks().isEmpty()) {
        ways.add("of the five points");
      }
      return ways.isEmpty()
          ? Optional.empty()
          : Optional.of(new Source(String.join(", else ", ways), true));
    }

    /** Of which meshes something is derived. */
    private String believed() {
      return second.filter(model -> model.family().givesScore()).isPresent()
          ? " where its score is at least " + GeometryStationFactory.BELIEVED
          : "";
    }

    /** The mesh, if it is the one whose shape, points and parts are known. */
    private Optional<MeshTopology> faceMesh() {
      return mesh().filter(mesh -> mesh.name().equals(MeshTopology.FACE_MESH.name()));
    }

    /** No masks, which are large and slow, and no pose that is of the five points only. */
    Set<FaceDetails.Kind> byDefault() {
      Set<FaceDetails.Kind> kinds = EnumSet.of(FaceDetails.Kind.MESH, FaceDetails.Kind.LANDMARKS68);
      if (landmarks68().isPresent()) {
        kinds.add(FaceDetails.Kind.POSE);
      }
      return kinds;
    }

    String unmet(FaceDetails.Kind kind) {
      String label = DetailOptions.label(kind);
      return "--details has '%s', but %s (--model is '%s', %s): nothing was read. Give --mesh-model %s, or leave '%s' out"
          .formatted(
              label,
              reason(kind),
              detector.name(),
              second
                  .map(
                      model ->
                          "--mesh-model is '%s': %s"
                              .formatted(model.name(), model.family().description()))
                  .orElse("and there is no --mesh-model"),
              KnownModel.MESH,
              label);
    }

    private String reason(FaceDetails.Kind kind) {
      return switch (kind) {
        case MESH -> "no model gives a mesh";
        case LANDMARKS68 -> "no model gives 68 points, or a mesh that has them";
        case POSE -> "no model gives a mesh, 68 points or five";
        case PARTS ->
            mesh()
                .map(mesh -> "nobody knows the parts of mesh " + mesh.name())
                .orElse("no model gives a mesh");
      };
    }
  }
}
