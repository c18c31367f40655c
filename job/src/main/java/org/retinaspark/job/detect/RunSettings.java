package org.retinaspark.job.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.pipeline.DetectSettings;

/**
 * All that decides the rows of a table, as {@code _run.json} has it. Rows of different settings
 * don't go together, so a run goes on only with the same.
 *
 * @param input the qualified inputs
 * @param columns of the table; those of a manifest come last
 * @param split what the column of that name says
 * @param model which network, and how its outputs are read
 * @param protocol how an image became network input
 * @param thresholds what became of the network's candidates
 * @param orientation what became of the EXIF orientation
 * @param maximumPixels a larger image failed
 * @param maximumBytes a larger file failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunSettings(
    List<String> input,
    List<String> columns,
    @Nullable String split,
    Model model,
    String protocol,
    Limits thresholds,
    String orientation,
    long maximumPixels,
    long maximumBytes) {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  record Model(String name, String sha256, String family, Map<String, String> parameters) {}

  record Limits(float score, float nms, int topK, int maximumFaces, float minimumFace) {}

  static RunSettings of(List<String> inputs, StructType schema, DetectSettings settings) {
    ModelDescription model = settings.model();
    Thresholds thresholds = settings.thresholds();
    return new RunSettings(
        inputs,
        List.of(schema.fieldNames()),
        settings.split(),
        new Model(
            model.name(),
            model.sha256(),
            model.family().name(),
            Map.of(
                "family",
                model.family().toString(),
                "input",
                model.format() + ", multiples of " + model.size().multiple())),
        settings.protocol().label(),
        new Limits(
            thresholds.score(),
            thresholds.overlap(),
            thresholds.candidates(),
            thresholds.faces(),
            thresholds.minimumFace()),
        settings.decoding().orientation().name().toLowerCase(Locale.ROOT),
        settings.decoding().maxPixels(),
        settings.maximumBytes());
  }

  JsonNode json() {
    return JSON.valueToTree(this);
  }

  /**
   * Checks that rows of these settings go together with those that are there.
   *
   * @param earlier the settings of those
   * @throws UsageException naming each difference
   */
  void requireSame(JsonNode earlier, String output) {
    Map<String, String> before = parsed(earlier, output).named();
    Map<String, String> now = named();
    String differences =
        now.keySet().stream()
            .filter(name -> !Objects.equals(before.get(name), now.get(name)))
            .map(name -> "%s was %s, is %s".formatted(name, before.get(name), now.get(name)))
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw new UsageException(
          ("output '%s' holds rows of other settings (%s): nothing was done, since they don't go"
               + " together. Give the same settings, choose another --output, or begin again with"
               + " --overwrite")
              .formatted(output, differences));
    }
  }

  private static RunSettings parsed(JsonNode json, String output) {
    if (!json.hasNonNull("model") || !json.hasNonNull("thresholds")) {
      throw new UsageException(unreadable(output, "it names no model or no thresholds"));
    }
    try {
      return JSON.treeToValue(json, RunSettings.class);
    } catch (JsonProcessingException foreign) {
      throw new UsageException(unreadable(output, foreign.getOriginalMessage()), foreign);
    }
  }

  private static String unreadable(String output, String why) {
    return ("what made the rows at '%s' can't be read from its _run.json (%s): nothing was done."
            + " Choose another --output, or begin again with --overwrite")
        .formatted(output, why);
  }

  /** The settings by the options that set them. */
  private Map<String, String> named() {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("--input", String.join(" ", input));
    named.put("columns", String.join(", ", columns));
    named.put("--split", split == null ? "not given" : split);
    named.put("--model (SHA-256)", model.sha256());
    named.put("--model (family)", model.parameters().getOrDefault("family", model.family()));
    named.put("--protocol", protocol);
    named.put("--score-threshold", String.valueOf(thresholds.score()));
    named.put("--nms-threshold", String.valueOf(thresholds.nms()));
    named.put("--top-k", String.valueOf(thresholds.topK()));
    named.put("--max-faces", String.valueOf(thresholds.maximumFaces()));
    named.put("--min-face", String.valueOf(thresholds.minimumFace()));
    named.put("--orientation", orientation);
    named.put("--max-pixels", String.valueOf(maximumPixels));
    named.put("--max-bytes", String.valueOf(maximumBytes));
    return named;
  }
}
