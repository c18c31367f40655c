package org.retinaspark.job.train.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.samples.ImageSamples;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.train.loss.HardNegatives;
import org.retinaspark.job.train.loss.Loss;
import org.retinaspark.job.train.loss.SmoothL1;
import org.retinaspark.job.train.loss.SoftmaxCrossEntropy;
import org.retinaspark.udf.heads.HeadTask;

/** The minimum of the whole loss is the one that scipy finds. */
final class HeadFitTest {

  private static final AnchorNames NAMES = new AnchorNames(List.of("anchors A", "anchors B"));

  @Test
  void classesAreThoseOfScipy() throws IOException {
    assertGolden("classes", new GoldenFit.Told(), new SoftmaxCrossEntropy());
  }

  @Test
  void deltasAreThoseOfScipy() throws IOException {
    assertGolden("smooth", new GoldenFit.Raw(4), SmoothL1.of(4));
  }

  private static void assertGolden(String name, Target target, Loss loss) throws IOException {
    GoldenFit golden = GoldenFit.read();
    List<LossStep> steps = new ArrayList<>();
    FitSettings settings =
        new FitSettings(
            Set.of(HeadTask.CLASS), null, FitStart.ZERO, golden.number("ridge"), null, 500, 1e-13);
    AnchorWeights zero = AnchorWeights.zero(GoldenFit.SHAPE, loss.values());
    AnchorWeights fitted =
        new HeadFit(HeadTask.CLASS, target, loss, settings, zero)
            .fit(blocks(golden.rows()), NAMES, steps::add, new ArrayList<>());
    LossStep last = steps.get(steps.size() - 1);
    assertThat(last.objective()).isCloseTo(golden.at(name, "loss").asDouble(), within(1e-7));
    assertThat(steps.get(0).iteration()).isZero();
    for (int step = 1; step < steps.size(); step++) {
      assertThat(steps.get(step).objective()).isLessThan(steps.get(step - 1).objective());
    }
    ImageRows rows = golden.rows();
    double[] features = new double[4];
    double[] told = new double[loss.values()];
    for (int row = 0; row < rows.count(); row++) {
      rows.features(row, features);
      fitted.predict(rows.anchor(row), features, told);
      assertThat(told).containsExactly(golden.matrix(name, "predicted")[row], within(1e-4));
    }
  }

  @Test
  void anAnchorWithTooFewSamplesKeepsItsHead() {
    SampleShape shape = new SampleShape(4, List.of(1, 1));
    GeneratedFaces faces = new GeneratedFaces(5, shape, GeneratedFaces.MESH).add(8, 1);
    AnchorWeights own = AnchorWeights.zero(shape, 4);
    for (int i = 0; i < own.numbers().length; i++) {
      own.numbers()[i] = i;
    }
    List<String> notes = new ArrayList<>();
    AnchorWeights fitted;
    try (TrainingRows rows = faces.rows(LocalSpark.session(), 2)) {
      fitted =
          new HeadFit(
                  HeadTask.BOX,
                  new BoxTarget(GeneratedFaces.CODER),
                  SmoothL1.of(4),
                  settings(null),
                  own)
              .fit(rows.blocks(), NAMES, step -> {}, notes);
    }
    long few = faces.samples.stream().filter(image -> image.samples().get(0).level() == 1).count();
    assertThat(few).isLessThan(5);
    assertThat(notes)
        .contains(
            "the BOX head of anchors B stays the model's own, since %d samples don't tell 5 weights"
                .formatted(few));
    assertThat(fitted.numbers()[fitted.at(1, 3) + 2]).isEqualTo(own.numbers()[own.at(1, 3) + 2]);
  }

  @Test
  void onlyTheHardestNegativesOfAViewCount() throws IOException {
    SampleShape shape = new SampleShape(4, List.of(1));
    GeneratedFaces faces = new GeneratedFaces(6, shape, GeneratedFaces.MESH).add(1, 3);
    ImageRows rows =
        new ImageRows(
            shape,
            new ImageSamples("a.jpg", faces.samples.get(0).samples().subList(1, 6)),
            faces.labels.get(0).faces());
    AnchorWeights head = AnchorWeights.zero(shape, 2);
    head.numbers()[head.at(0, 1)] = 1;
    double[] all = sum(rows, head, null);
    double[] hard = sum(rows, head, new HardNegatives(1));
    assertThat(hard[0]).isLessThan(all[0]);
    assertThat(sum(rows, head, new HardNegatives(2))).containsExactly(all);
  }

  private static double[] sum(ImageRows rows, AnchorWeights head, @Nullable HardNegatives hard) {
    LossSum sum = new LossSum(new ClassTarget(), new SoftmaxCrossEntropy(), head, hard);
    double[] numbers = new double[sum.length()];
    sum.add(rows, numbers);
    return numbers;
  }

  @Test
  void negativesAreThoseOfTheLastRound() {
    SampleShape shape = new SampleShape(4, List.of(1));
    GeneratedFaces faces = new GeneratedFaces(8, shape, GeneratedFaces.MESH).add(3, 2);
    MomentSum samples = new MomentSum(shape, new ClassTarget());
    try (TrainingRows rows = faces.rows(LocalSpark.session(), 1, 2)) {
      // Of 6 faces a positive each in both rounds, a negative each in the last.
      assertThat(BlockSums.of(rows.blocks(), samples)[0]).isEqualTo(18);
    }
  }

  @Test
  void noSampleAtAllIsAnError() {
    SampleShape shape = new SampleShape(4, List.of(1, 1));
    GeneratedFaces none = new GeneratedFaces(7, shape, GeneratedFaces.MESH);
    try (TrainingRows rows = none.rows(LocalSpark.session(), 1)) {
      HeadFit fit =
          new HeadFit(
              HeadTask.CLASS,
              new ClassTarget(),
              new SoftmaxCrossEntropy(),
              settings(null),
              AnchorWeights.zero(shape, 2));
      assertThatThrownBy(() -> fit.fit(rows.blocks(), NAMES, step -> {}, new ArrayList<>()))
          .isInstanceOf(UnfittableException.class)
          .hasMessageStartingWith(
              "no sample tells the head of CLASS anything: nothing was fitted.");
    }
  }

  private static FitSettings settings(@Nullable HardNegatives hard) {
    return new FitSettings(
        Set.of(HeadTask.CLASS), null, FitStart.ZERO, 1e-4, hard, 2, FitSettings.TOLERANCE);
  }

  private static JavaRDD<ImageRows> blocks(ImageRows rows) {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
        .parallelize(List.of(rows), 1)
        .cache();
  }
}
