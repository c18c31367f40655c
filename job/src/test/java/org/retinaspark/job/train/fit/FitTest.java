package org.retinaspark.job.train.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.train.loss.LossChange;
import org.retinaspark.job.train.loss.LossTerms;
import org.retinaspark.job.train.loss.LossWeights;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.heads.LinearHead;

/** All heads at once, of faces that linear heads tell exactly. */
class FitTest {

  private static final SampleShape SHAPE = new SampleShape(3, List.of(2, 2, 2));

  @Test
  void theLossOfThePaperFallsInEachTerm() {
    GeneratedFaces faces = new GeneratedFaces(11, SHAPE, GeneratedFaces.MESH).add(60, 3);
    Map<HeadTask, LinearHead> zero = new EnumMap<>(HeadTask.class);
    for (HeadTask task : HeadTask.values()) {
      zero.put(task, AnchorWeights.zero(SHAPE, task.perAnchor()).head());
    }
    FitSettings settings =
        new FitSettings(
            EnumSet.allOf(HeadTask.class),
            new MeshSettings(GeneratedFaces.MESH, 60, 1e-9),
            FitStart.ZERO,
            1e-6,
            null,
            FitSettings.ITERATIONS,
            FitSettings.TOLERANCE);
    LossChange losses;
    try (TrainingRows rows = faces.rows(LocalSpark.session(), 2)) {
      Fit fit = new Fit(new PyTorchFamily(ClassOutput.PROBABILITIES), zero, settings);
      losses = fit.losses(rows, fit.heads(rows, step -> {}).heads());
    }

    LossTerms before = losses.before();
    LossTerms after = losses.after();
    // A positive and a negative a face, both told with equal probabilities.
    assertThat(before.face()).isCloseTo(2 * Math.log(2), within(1e-6));
    assertThat(after.face()).isLessThan(0.5 * before.face());
    assertThat(after.box()).isLessThan(0.001 * before.box());
    assertThat(after.landmarks()).isLessThan(0.001 * before.landmarks());
    assertThat(after.mesh()).isLessThan(0.01 * before.mesh());
    assertThat(after.total(LossWeights.PAPER)).isLessThan(before.total(LossWeights.PAPER));
  }
}
