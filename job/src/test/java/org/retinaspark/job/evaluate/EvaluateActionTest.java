package org.retinaspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
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

class EvaluateActionTest {

  @Test
  void theWholeReferenceSetGivesTheOfficialNumbers(@TempDir Path folder) throws IOException {
    ReferenceData.unpack("mnet025-biubug6-original-size", folder);
    EvaluateConfig config =
        new EvaluateConfig(
            folder.toString(),
            DetectionFormat.WIDERFACE,
            new DetectionText(
                DetectionLayout.AUTO, DetectionText.BoxForm.XYWH, DetectionText.LineRule.ANNOUNCED),
            ReferenceData.groundTruth().toString(),
            "val",
            null,
            Dialect.MATLAB,
            BadInput.FAIL,
            Set.of(OptionalMeasure.COCO, OptionalMeasure.WORST));
    Evaluation evaluation = new EvaluateAction(LocalSpark.session(), config).execute();
    evaluation.metrics().stream()
        .filter(m -> !m.dimension().equals("event"))
        .forEach(System.out::println);
    assertThat(evaluation.value("easy", "ap")).isCloseTo(0.907134, within(1e-6));
    assertThat(evaluation.value("medium", "ap")).isCloseTo(0.881609, within(1e-6));
    assertThat(evaluation.value("hard", "ap")).isCloseTo(0.738245, within(1e-6));
    assertThat(evaluation.warnings()).isEmpty();
    // The easy subset has no faces of the first two.
    assertThat(new TerminalTable(evaluation).lines())
        .filteredOn(line -> line.startsWith("height "))
        .extracting(line -> line.substring(7, 15).strip())
        .containsExactly("10-16", "16-32", "32-64", "64-128", "128-256", "256+");
  }
}
