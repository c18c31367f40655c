package org.retinaspark.job.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.SharedData;
import org.retinaspark.job.detect.ReferenceParityTest.Detection;
import org.retinaspark.job.model.ImportAction;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;

/**
 * Real weights of other families on real photos, against detections of other people's programs,
 * which lie among the resources. They were made with {@code deploy/bench/independent_detect.py
 * FAMILY MODEL PHOTOS photos.txt original FAMILY IOU 0.09}. OpenCV suppresses with boxes rounded to
 * whole pixels, so that of YuNet all candidates are compared, at an IoU of 1.
 */
class IndependentParityTest {

  private static final double SHARE = 0.99;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"yunet, yunet_n_dynamic.onnx, 1", "scrfd, scrfd_500m_bnkps.onnx, 0.4"})
  void agreesWithAnotherProgram(String family, String file, String overlap) throws IOException {
    Path shared = SharedData.require("widerface/val_subset/images");
    Map<String, List<Detection>> reference = new HashMap<>();
    for (String photo : text("photos.txt").lines().toList()) {
      Path copy = folder.resolve("photos").resolve(photo);
      Files.createDirectories(copy.getParent());
      Files.copy(shared.resolve(photo), copy);
      reference.put(photo, WiderText.parse(text(family + "/" + photo.replace(".jpg", ".txt"))));
    }
    Path model = folder.resolve("open.onnx");
    new ImportAction(
            SharedData.require("models/" + file),
            model,
            WritePolicy.CREATE,
            RecognitionOptions.BY_FILE,
            Preprocessing.AS_IS)
        .execute();

    DetectResult result =
        new DetectAction(
                LocalSpark.session(),
                DetectConfigs.of(
                    folder.resolve("photos"),
                    folder.resolve("faces"),
                    model,
                    "--nms-threshold",
                    overlap),
                new PrintWriter(Writer.nullWriter()))
            .execute();

    Map<String, List<Detection>> ours = new HashMap<>();
    for (Row row : LocalSpark.session().read().parquet(result.output()).collectAsList()) {
      ours.put(row.getAs("image"), ReferenceParityTest.detections(row));
    }
    assertThat(ours.keySet()).isEqualTo(reference.keySet());
    assertThat(ReferenceParityTest.share(reference, ours)).isGreaterThan(SHARE);
    assertThat(ReferenceParityTest.share(ours, reference)).isGreaterThan(SHARE);
  }

  private static String text(String name) throws IOException {
    try (InputStream file =
        IndependentParityTest.class.getResourceAsStream("independent/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    }
  }
}
