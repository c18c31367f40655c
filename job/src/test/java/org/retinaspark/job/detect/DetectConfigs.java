package org.retinaspark.job.detect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.retinaspark.io.images.ImageInputs;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.images.SourceFormat;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.progress.ProgressStyle;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.pipeline.PipelineSettings;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;

/** Configurations for tests: the defaults of the command line, but for what a test is about. */
final class DetectConfigs {

  private DetectConfigs() {}

  static DetectConfig of(Path input, Path output, Path model) {
    return of(input, output, network(model, Batching.DEFAULT));
  }

  static DetectConfig of(Path input, Path output, DetectConfig.Network network) {
    return of(source(input, 1 << 26), output, network);
  }

  static DetectConfig of(DetectConfig.Source source, Path output, DetectConfig.Network network) {
    return new DetectConfig(
        source,
        DetectConfig.Table.of(output.toString(), TablePolicy.CREATE),
        network,
        Protocol.ORIGINAL,
        Thresholds.WIDER_FACE,
        1,
        ProgressStyle.NONE);
  }

  static DetectConfig.Source source(Path input, long taskBytes) {
    return source(
        new ImageInputs(
            List.of(input.toString()), SourceFormat.AUTO, NameFilter.IMAGES, InputColumns.USUAL),
        taskBytes);
  }

  static DetectConfig.Source source(ImageInputs inputs, long taskBytes) {
    return new DetectConfig.Source(
        inputs,
        null,
        DecodeSettings.DEFAULT,
        1 << 27,
        taskBytes,
        Duration.ZERO,
        PipelineSettings.DEFAULT);
  }

  static DetectConfig.Network network(Path model, Batching batching) {
    return new DetectConfig.Network(
        model.toString(), RecognitionOptions.BY_FILE, Provider.CPU, 0, 1, batching);
  }
}
