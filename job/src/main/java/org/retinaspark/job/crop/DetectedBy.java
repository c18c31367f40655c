package org.retinaspark.job.crop;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.KeyRule;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.reading.ImageReader;
import org.retinaspark.io.reading.ReadSettings;
import org.retinaspark.job.TableOrigin;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.Orientation;

/**
 * How the run that found the faces read and decoded its images, by its {@code _run.json}: crops are
 * made of the same pixels.
 *
 * @param manifest all that is known of the run; a missing node if nothing is
 * @param orientation what it did with the EXIF orientation
 * @param warnings what isn't known
 */
record DetectedBy(JsonNode manifest, Orientation orientation, List<String> warnings) {

  /** As {@code detect} has it where nothing is said. */
  private static final long USUAL_BYTES = 128 << 20;

  /** Keeps an unmodifiable list. */
  DetectedBy {
    warnings = List.copyOf(warnings);
  }

  /** By what a table tells. */
  static DetectedBy of(TableOrigin origin) {
    Optional<Orientation> orientation = origin.option("orientation", Orientation.class);
    List<String> warnings = new ArrayList<>(origin.warnings());
    if (orientation.isEmpty()) {
      warnings.add(
          "photos are turned upright, and crops are wrong where the run had --orientation ignore");
    }
    return new DetectedBy(origin.manifest(), orientation.orElse(Orientation.APPLY), warnings);
  }

  /** The inputs in full; none if they are unknown. */
  List<String> inputs() {
    List<String> inputs = new ArrayList<>();
    manifest.path("input").forEach(input -> inputs.add(input.asText()));
    return inputs;
  }

  /** How files become pixels. */
  DecodeSettings decoding() {
    return new DecodeSettings(orientation, number("max-pixels", DecodeSettings.DEFAULT_MAX_PIXELS));
  }

  /** A larger file is not read. */
  long maximumBytes() {
    return number("max-bytes", USUAL_BYTES);
  }

  /** A reader of the same files; which of them are images is known already. */
  ImageReader reader(SparkContext spark, Duration retryTime) {
    return ImageReader.of(
        spark,
        new ReadSettings(
            NameFilter.ANY,
            new InputColumns(
                null, text("content-column"), text("key-column"), KeyRule.PATH, List.of()),
            maximumBytes(),
            text("name-encoding"),
            retryTime));
  }

  private @Nullable String text(String option) {
    return manifest.path("options").path(option).textValue();
  }

  private long number(String option, long otherwise) {
    long value = manifest.path("options").path(option).asLong(otherwise);
    return value >= 1 ? value : otherwise;
  }
}
