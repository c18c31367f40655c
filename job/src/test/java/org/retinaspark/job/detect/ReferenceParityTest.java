package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.SharedData;

/**
 * The whole job on real photos with real weights, against detections that another program (PyTorch,
 * OpenCV) made of the same photos with the same weights.
 */
class ReferenceParityTest {

  /** The reference truncates corners to whole pixels. */
  private static final double CORNER = 1.5;

  private static final double SCORE = 0.005;
  private static final double RELEVANT = 0.1;
  private static final double SHARE = 0.999;

  @TempDir private Path folder;

  @Test
  void agreesWithTheReferenceOnEveryPhoto() throws IOException {
    Path photos = SharedData.require("widerface/val_subset/images");
    Path model = SharedData.require("models/retinaface_mnet025_dynamic.onnx");
    Path archive = SharedData.require("widerface/reference/detections.tar.xz");

    DetectResult result =
        new DetectAction(
                LocalSpark.session(),
                DetectConfigs.of(photos, folder.resolve("faces"), model),
                new PrintWriter(Writer.nullWriter()))
            .execute();

    assertThat(result.images()).isEqualTo(404);
    assertThat(result.failed()).isZero();
    Map<String, List<Detection>> ours = new HashMap<>();
    for (Row row : LocalSpark.session().read().parquet(result.output()).collectAsList()) {
      ours.put(row.getAs("image"), detections(row));
    }
    assertThat(ours).hasSize(404);
    Map<String, List<Detection>> reference =
        WiderText.read(archive, "mnet025-biubug6-original-size", ours.keySet());
    assertThat(reference.keySet()).isEqualTo(ours.keySet());
    assertThat(share(reference, ours)).as("reference found in ours").isGreaterThan(SHARE);
    assertThat(share(ours, reference)).as("ours found in reference").isGreaterThan(SHARE);
  }

  static double share(Map<String, List<Detection>> wanted, Map<String, List<Detection>> present) {
    long found = 0;
    long all = 0;
    for (Map.Entry<String, List<Detection>> entry : wanted.entrySet()) {
      for (Detection detection : entry.getValue()) {
        if (detection.score() >= RELEVANT) {
          all++;
          found +=
              present.getOrDefault(entry.getKey(), List.of()).stream().anyMatch(detection::near)
                  ? 1
                  : 0;
        }
      }
    }
    System.out.printf("%d of %d detections have a counterpart%n", found, all);
    return (double) found / all;
  }

  static List<Detection> detections(Row row) {
    List<Detection> detections = new ArrayList<>();
    List<Row> faces = row.getList(row.fieldIndex("faces"));
    for (Row face : faces) {
      Row box = face.getAs("box");
      detections.add(
          new Detection(
              face.<Float>getAs("score"),
              box.getFloat(0),
              box.getFloat(1),
              box.getFloat(2),
              box.getFloat(3)));
    }
    return detections;
  }

  /** A scored box by its corners, in pixels. */
  record Detection(double score, double x1, double y1, double x2, double y2) {

    boolean near(Detection other) {
      return Math.abs(score - other.score) <= SCORE
          && Math.abs(x1 - other.x1) <= CORNER
          && Math.abs(y1 - other.y1) <= CORNER
          && Math.abs(x2 - other.x2) <= CORNER
          && Math.abs(y2 - other.y2) <= CORNER;
    }
  }
}
