package org.retinaspark.job.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.Build;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.JpegEngine;
import org.retinaspark.udf.onnx.ModelDescription;
import org.retinaspark.udf.onnx.Sessions;
import org.retinaspark.udf.spark.DetectSettings;

/**
 * What {@code _run.json} says of a run: all that makes its table repeatable and its figures
 * comparable.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunManifest(
    String started,
    List<String> input,
    @Nullable String split,
    Model model,
    String protocol,
    Settings thresholds,
    String orientation,
    long maximumPixels,
    long maximumBytes,
    int batchSize,
    String provider,
    String jpegDecoder,
    long sessions,
    Map<String, String> versions,
    Counts counts,
    double seconds,
    double imagesPerSecond) {

  record Model(String name, String sha256, String family, Map<String, String> parameters) {}

  record Settings(float score, float nms, int topK, int maximumFaces, float minimumFace) {}

  record Counts(long images, long failed, long faces, Map<String, Long> failures) {}

  static RunManifest of(
      String started,
      SparkSession spark,
      List<String> input,
      DetectSettings settings,
      DetectResult result,
      long sessions) {
    ModelDescription model = settings.session().model();
    Thresholds thresholds = settings.thresholds();
    return new RunManifest(
        started,
        input,
        settings.split(),
        new Model(
            model.name(),
            model.sha256(),
            model.family().name(),
            new TreeMap<>(Map.of("family", model.family().toString()))),
        settings.protocol().label(),
        new Settings(
            thresholds.score(),
            thresholds.overlap(),
            thresholds.candidates(),
            thresholds.faces(),
            thresholds.minimumFace()),
        settings.decoding().orientation().name().toLowerCase(Locale.ROOT),
        settings.decoding().maxPixels(),
        settings.maximumBytes(),
        settings.batchSize(),
        result.provider(),
        JpegEngine.fastest().label(),
        sessions,
        versions(spark),
        new Counts(
            result.images(), result.failed(), result.faces(), new TreeMap<>(result.failures())),
        result.seconds(),
        result.imagesPerSecond());
  }

  private static Map<String, String> versions(SparkSession spark) {
    Build build = Build.current();
    Map<String, String> versions = new TreeMap<>();
    versions.put("retinaspark", build.version());
    versions.put("retinasparkCommit", build.commit());
    versions.put("spark", spark.version());
    versions.put("onnxRuntime", Sessions.runtimeVersion());
    versions.put("java", Runtime.version().toString());
    return versions;
  }
}
