package org.retinaspark.job.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.CheckedJson;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.pipeline.FaceDetails;

/**
 * What {@code _run.json} says of the details of faces, where the table has any.
 *
 * @param columns where each comes from, by its name
 * @param meshModel the network that looked at each face anew, and at which
 * @param limits which faces have what the detector alone tells; null with a mesh model
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordedDetails(
    Map<String, String> columns, @Nullable Network meshModel, @Nullable Limits limits) {

  private static final String FIELD = "details";

  /**
   * A second network.
   *
   * @param family how its outputs are read
   * @param crop which part of the image it sees of a face, and how
   * @param origin digest of the published file that it was made of
   * @param published what is known of that file
   * @param minFace shorter side of the faces that it looks at, at least, in pixels of the image
   * @param minScore score of the faces that it looks at, at least
   */
  record Network(
      String name,
      String sha256,
      String family,
      String crop,
      String origin,
      @Nullable KnownModel published,
      double minFace,
      double minScore) {}

  /**
   * Which faces have what the detector alone tells, or what is derived of it.
   *
   * @param minFace shorter side, at least, in pixels of the image
   * @param minScore score, at least
   */
  record Limits(double minFace, double minScore) {}

  /** Those of a run; nothing where its table has no such columns. */
  static @Nullable RecordedDetails of(DetailPlan plan, DetailOptions options) {
    if (plan.kinds().isEmpty()) {
      return null;
    }
    Map<String, String> columns = new LinkedHashMap<>();
    plan.sources().forEach((kind, source) -> columns.put(DetailOptions.label(kind), source.told()));
    return new RecordedDetails(
        columns,
        plan.second()
            .map(
                model ->
                    new Network(
                        model.name(),
                        model.sha256(),
                        model.family().name(),
                        model.crop().text() + ", " + model.format(),
                        model.origin(),
                        KnownModel.of(model.origin()).orElse(null),
                        options.limits().minimumFace(),
                        options.limits().minimumScore()))
            .orElse(null),
        plan.second().isPresent()
            ? null
            : new Limits(options.limits().minimumFace(), options.limits().minimumScore()));
  }

  /** What must be in recorded details for rows to go on, of its type. */
  record ReadableDetails(Map<String, String> columns) {}

  /**
   * Checks recorded settings, which may have no details.
   *
   * @throws DamagedFileException naming the field and its value if they are damaged
   */
  static void requireReadable(JsonNode settings) throws DamagedFileException {
    if (settings.has(FIELD)) {
      var unused = CheckedJson.read(settings.path(FIELD), ReadableDetails.class);
    }
  }

  /** The details that rows of recorded settings have. */
  static Set<FaceDetails.Kind> kinds(JsonNode settings) {
    Set<FaceDetails.Kind> kinds = EnumSet.noneOf(FaceDetails.Kind.class);
    for (FaceDetails.Kind kind : FaceDetails.Kind.values()) {
      if (settings.path(FIELD).path("columns").has(DetailOptions.label(kind))) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /**
   * What of recorded settings decides the details, by the options that set it.
   *
   * @param settings of a run; of one without details, or before there were any, nothing
   */
  static Map<String, String> named(JsonNode settings) {
    Map<String, String> named = new LinkedHashMap<>();
    JsonNode details = settings.path(FIELD);
    details
        .path("columns")
        .forEachEntry((name, source) -> named.put("--details (" + name + ")", source.asText()));
    JsonNode network = details.path("meshModel");
    put(named, "--mesh-model (SHA-256)", network.path("sha256"));
    put(named, "--mesh-model (crop)", network.path("crop"));
    put(named, "--mesh-min-face", network.path("minFace"));
    put(named, "--mesh-min-score", network.path("minScore"));
    put(named, "--mesh-min-face", details.path("limits").path("minFace"));
    put(named, "--mesh-min-score", details.path("limits").path("minScore"));
    return named;
  }

  private static void put(Map<String, String> named, String name, JsonNode value) {
    if (!value.isMissingNode()) {
      named.put(name, value.asText());
    }
  }
}
