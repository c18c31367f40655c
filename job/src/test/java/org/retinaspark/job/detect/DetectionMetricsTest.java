package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.udf.spark.DetectionMetrics;
import scala.jdk.javaapi.CollectionConverters;

class DetectionMetricsTest {

  @TempDir private Path folder;

  @Test
  void anExecutorTellsWhatItHasDone() throws IOException {
    Photos.write(folder.resolve("photos/one.png"), 1);
    Photos.write(folder.resolve("photos/two.png"), 2);
    Path model = Photos.model(folder.resolve("tiny.onnx"));
    DetectConfig config =
        DetectConfigs.of(folder.resolve("photos"), folder.resolve("faces"), model);
    new DetectAction(LocalSpark.session(), config, new PrintWriter(Writer.nullWriter())).execute();

    Map<String, ?> gauges = gauges();

    assertThat(value(gauges, "images")).isGreaterThanOrEqualTo(2);
    assertThat(value(gauges, "faces")).isGreaterThanOrEqualTo(3);
    assertThat(gauges).containsKeys("failed", "network_milliseconds", "decode_wait_milliseconds");
  }

  private static long value(Map<String, ?> gauges, String name) {
    return (Long) ((Gauge<?>) Objects.requireNonNull(gauges.get(name))).getValue();
  }

  private static Map<String, ?> gauges() {
    return CollectionConverters.asJava(
            SparkEnv.get()
                .metricsSystem()
                .getSourcesByName("plugin." + DetectionMetrics.class.getName()))
        .get(0)
        .metricRegistry()
        .getGauges();
  }
}
