package org.retinaspark.job.train.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.labels.LabelledFace;
import org.retinaspark.io.samples.ImageSamples;
import org.retinaspark.io.samples.Sample;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.heads.MeshHead;

/** The head of meshes tells what labels say, the same whatever the partitions. */
final class MeshFitTest {

  private static final SampleShape SHAPE = new SampleShape(4, List.of(2, 1));
  private static final AnchorNames NAMES =
      AnchorNames.of(
          List.of(new AnchorLevel(8, List.of(16f, 32f)), new AnchorLevel(16, List.of(64f))));

  @Test
  void labelsThatAreLinearInFeaturesAreTold() {
    GeneratedFaces faces = new GeneratedFaces(1, SHAPE, GeneratedFaces.MESH).add(60, 4);
    FittedMesh fitted = fit(faces, 3, 40);
    assertThat(fitted.rows()).isEqualTo(240);
    assertThat(fitted.notes()).isEmpty();
    assertThat(fitted.explained()).isCloseTo(1, within(1e-5));
    // Of three anchors the fits have 5 dimensions each.
    assertThat(fitted.head().coefficients().values()).isEqualTo(14);
    for (ImageSamples image : faces.samples.subList(0, 5)) {
      for (Sample sample : image.samples()) {
        int anchor = SHAPE.anchor(sample.level(), sample.size());
        double[] told = told(fitted.head(), anchor, sample.features());
        double[] truth = faces.told(anchor, sample.features());
        for (int value = 0; value < told.length; value++) {
          assertThat(told[value]).isCloseTo(truth[14 + value], within(2e-3));
        }
      }
    }
  }

  @Test
  void theHeadIsTheSameForAnyPartitionsAndOrder() {
    GeneratedFaces faces = new GeneratedFaces(2, SHAPE, GeneratedFaces.MESH).add(40, 3);
    MeshHead once = fit(faces, 1, 6).head();
    for (int partitions : new int[] {2, 7, 64}) {
      Collections.shuffle(faces.samples, new Random(partitions));
      Collections.shuffle(faces.labels, new Random(partitions));
      MeshHead again = fit(faces, partitions, 6).head();
      assertThat(again.mean()).containsExactly(once.mean());
      assertThat(again.basis()).containsExactly(once.basis());
      assertThat(again.coefficients().weights())
          .usingElementComparator(Arrays::compare)
          .isEqualTo(once.coefficients().weights());
    }
  }

  @Test
  void anAnchorWithTooFewSamplesIsToldByTheFitOfAll() {
    GeneratedFaces faces = new GeneratedFaces(3, SHAPE, GeneratedFaces.MESH).add(30, 1);
    faces.samples.replaceAll(
        image ->
            new ImageSamples(
                image.image(),
                image.samples().stream().filter(sample -> sample.level() == 0).toList()));
    assertThat(fit(faces, 2, 40).notes())
        .containsExactly(
            "the mesh of anchors of stride 16 and size 64 is told by the fit of all anchors, since"
                + " 0 samples don't tell 5 weights");
  }

  @Test
  void noMeshesAtAllAreAnError() {
    GeneratedFaces faces = new GeneratedFaces(4, SHAPE, GeneratedFaces.MESH).add(1, 1);
    assertThatThrownBy(() -> fit(faces, 1, 40))
        .isInstanceOf(UnfittableException.class)
        .hasMessageStartingWith("no mesh can be fitted, since 1 samples don't tell 5 weights: ")
        .hasMessageContaining("nothing was fitted. Give");
  }

  @Test
  void errorsCountInSidesOfTheFaceAndMoreOfAnchorsThatFitIt() {
    Sample sample = new Sample(0, 0, 0, false, 50, 50, 20, 20, 0, 0.5f, 1, new float[4]);
    LabelledFace face = new LabelledFace(new float[] {30, 30, 70, 70}, null, null, false);
    ImageRows rows =
        new ImageRows(SHAPE, new ImageSamples("a.jpg", List.of(sample)), List.of(face));
    MeshTarget target = new MeshTarget(GeneratedFaces.CODER, GeneratedFaces.MESH);
    assertThat(target.weight(rows, 0)).isEqualTo(0.5 * 0.5 / 4);
  }

  private static FittedMesh fit(GeneratedFaces faces, int partitions, int coefficients) {
    MeshSettings settings = new MeshSettings(GeneratedFaces.MESH, coefficients, 1e-9);
    try (TrainingRows rows = faces.rows(LocalSpark.session(), partitions)) {
      return new MeshFit(GeneratedFaces.CODER, NAMES, settings).fit(rows);
    }
  }

  private static double[] told(MeshHead head, int anchor, float[] features) {
    double[] x = Arrays.copyOf(new double[0], features.length + 1);
    for (int i = 0; i < features.length; i++) {
      x[i] = features[i];
    }
    x[features.length] = 1;
    double[] coefficients = new double[head.coefficients().values()];
    AnchorWeights.of(SHAPE, head.coefficients()).predict(anchor, x, coefficients);
    double[] told = new double[head.mean().length];
    for (int value = 0; value < told.length; value++) {
      told[value] = head.mean()[value];
      for (int k = 0; k < coefficients.length; k++) {
        told[value] += coefficients[k] * head.basis()[k * told.length + value];
      }
    }
    return told;
  }
}
