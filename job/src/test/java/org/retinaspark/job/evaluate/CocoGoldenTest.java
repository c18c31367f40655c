package org.retinaspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.ReferenceData;
import org.retinaspark.job.measures.spark.OptionalMeasure;

/** Against pycocotools on the subset; {@code coco_golden.py} made the golden file. */
class CocoGoldenTest {

  @Test
  void agreesWithPycocotools(@TempDir Path folder) throws IOException {
    ReferenceData.unpack("mnet025-biubug6-original-size", folder);
    EvaluateConfig config =
        new EvaluateConfig(
            folder.toString(),
            DetectionFormat.WIDERFACE,
            new DetectionText(
                DetectionLayout.AUTO, DetectionText.BoxForm.XYWH, DetectionText.LineRule.ANNOUNCED),
            ReferenceData.groundTruth().toString(),
            "val",
            ReferenceData.subsetList().toString(),
            Dialect.MATLAB_DOUBLE,
            BadInput.FAIL,
            Set.of(OptionalMeasure.COCO));
    Evaluation evaluation = new EvaluateAction(LocalSpark.session(), config).execute();
    JsonNode golden = golden().path("metrics");
    for (String subset : List.of("easy", "medium", "hard", "all")) {
      for (String limit : List.of("1", "10", "100", "1000")) {
        for (String name : List.of("ap", "ap50", "ap75", "ar")) {
          String metric = "coco_" + name + "@" + limit;
          assertThat(evaluation.value(subset, metric))
              .as(subset + " " + metric)
              .isCloseTo(golden.path(subset).path(limit).path(name).asDouble(), within(1e-6));
        }
      }
    }
  }

  private static JsonNode golden() throws IOException {
    try (InputStream stream = CocoGoldenTest.class.getResourceAsStream("coco_golden.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(stream));
    }
  }
}
