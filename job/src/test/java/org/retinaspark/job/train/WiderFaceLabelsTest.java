package org.retinaspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.labels.HeldOut;
import org.retinaspark.io.labels.LabelFault;
import org.retinaspark.io.labels.LabelFormat;
import org.retinaspark.io.labels.LabelRules;
import org.retinaspark.io.labels.Labels;
import org.retinaspark.io.wider.GroundTruth;
import org.retinaspark.io.wider.GroundTruthReader;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.SharedData;

/** The labels of real photos, and the photos that only evaluations may see. */
final class WiderFaceLabelsTest {

  private static final String TRAIN = "widerface/train_subset/";

  @Test
  void takesAllFacesOfBothTexts() throws IOException {
    Labels landmarks = read(TRAIN + "label.txt");
    Labels boxes = read(TRAIN + "wider_face_train_bbx_gt.txt");

    assertThat(List.of(landmarks.format(), boxes.format()))
        .containsExactly(LabelFormat.RETINAFACE, LabelFormat.WIDERFACE);
    for (Labels labels : List.of(landmarks, boxes)) {
      assertThat(labels.counts().images()).isEqualTo(660);
      assertThat(labels.counts().faces()).isEqualTo(9126);
      assertThat(labels.counts().faults()).containsExactly(entry(LabelFault.BOX_WITHOUT_AREA, 1L));
    }
    assertThat(landmarks.counts().landmarks()).isEqualTo(4641);
    assertThat(boxes.counts().ignored()).isEqualTo(85);
    assertThat(HeldOut.widerFace().named(landmarks.boxes())).isZero();
  }

  @Test
  void knowsEachValidationPhotoByBytesAndName() throws IOException {
    Path photos = SharedData.require("widerface/val_subset/images");
    HeldOut held = HeldOut.widerFace();
    List<String> names = Files.readAllLines(SharedData.require("widerface/val_subset/images.txt"));

    assertThat(names).hasSize(404).allMatch(held::isNamed);
    for (String name : names.subList(0, 20)) {
      assertThat(held.holds(Files.readAllBytes(photos.resolve(name)))).as(name).isTrue();
    }
    GroundTruth truth =
        new GroundTruthReader(
                SharedData.require("widerface/ground_truth").toString(),
                "val",
                LocalSpark.session().sparkContext().hadoopConfiguration())
            .read();
    assertThat(truth.images()).hasSize(3226).allMatch(image -> held.isNamed(image.image()));
    assertThat(held.names()).hasSize(3226);
    Labels labels = read("widerface/wider_face_val_bbx_gt.txt");
    assertThatThrownBy(() -> held.named(labels.boxes()))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("3226 of the 3226 labelled images");
  }

  private static Labels read(String file) throws IOException {
    return Labels.read(
        LocalSpark.session(), SharedData.require(file).toString(), LabelRules.of(LabelFormat.AUTO));
  }
}
