package org.retinaspark.job.crop;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.crops.CropCounts;
import org.retinaspark.job.Build;

/** What {@code _crops.json} says: all that made the crops, and what they came from. */
final class CropManifest {

  private CropManifest() {}

  static Map<String, Object> of(
      SparkSession spark,
      CropConfig config,
      CropSettings settings,
      DetectedBy origin,
      CropCensus census,
      CropCounts counts,
      Instant started) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("started", started.toString());
    manifest.put("ended", Instant.now().toString());
    manifest.put("command", config.invocation().text());
    manifest.put("detections", config.detections());
    manifest.put("run", origin.manifest().path("run").asText());
    manifest.put("model", origin.manifest().at("/model/name").asText());
    manifest.put("modelSha256", origin.manifest().at("/model/sha256").asText());
    manifest.put("orientation", label(origin.orientation()));
    manifest.put("format", label(config.format()));
    manifest.put("size", config.size());
    manifest.put("margin", config.margin());
    manifest.put("template", settings.template());
    manifest.put("sampling", label(config.sampling()));
    manifest.put("encoding", label(config.encoding().format()));
    manifest.put("quality", config.encoding().quality());
    manifest.put("filter", config.filter());
    manifest.put("counts", counts(census, counts));
    manifest.put("versions", Build.versions(spark));
    return manifest;
  }

  private static Map<String, Object> counts(CropCensus census, CropCounts counts) {
    Map<String, Long> left = new LinkedHashMap<>();
    census.left().forEach((reason, count) -> left.put(label(reason), count));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("images", census.images());
    all.put("failedImages", census.failed());
    all.put("wantedImages", census.wantedImages());
    all.put("crops", counts.crops());
    all.put("failed", counts.failed());
    all.put("failures", new TreeMap<>(counts.failures()));
    all.put("leftOut", left);
    return all;
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
