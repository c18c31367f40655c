package org.retinaspark.udf.train.sampling;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.train.matching.LabelledBox;
import org.retinaspark.udf.train.matching.Matches;

/** Samples of made-up feature maps, against loops over all anchors. */
class ViewSamplerTest {

  private static final SampleCounts COUNTS = new SampleCounts(3, 2, 10, 7);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void takesTheBestPositivesAndTheHardestNegatives(int stages) {
    for (int seed = 0; seed < 4; seed++) {
      RandomOutputs outputs = RandomOutputs.of(stages, seed, Flip.NONE);
      List<AnchorSample> samples = outputs.samples(plan(COUNTS, outputs, WantedSamples.ALL));

      NaiveSamples naive = new NaiveSamples(outputs, COUNTS);
      assertThat(naive.positives()).isNotEmpty();
      assertThat(naive.places(samples, true)).isEqualTo(naive.positives());
      assertThat(naive.places(samples, false)).containsAll(naive.hardest());
      Map<String, Double> all = naive.negatives();
      assertThat(NaiveSamples.negatives(samples))
          .hasSameSizeAs(all)
          .allSatisfy((kind, weight) -> assertThat(weight).isCloseTo(all.get(kind), within(1e-2)));
      for (AnchorSample sample : samples) {
        assertThat(sample.features()).isEqualTo(naive.features(sample.place()));
        assertThat(sample.reference().x())
            .isCloseTo(naive.reference(sample.place()).x() / 2, within(1e-3f));
        assertThat(sample.reference().height())
            .isCloseTo(naive.reference(sample.place()).height() / 2, within(1e-3f));
        assertThat(sample.view()).isEqualTo(outputs.view().number());
      }
    }
  }

  @Test
  void aRoundOfMiningTakesTheHardestNegativesAlone() {
    RandomOutputs outputs = RandomOutputs.of(1, 5, Flip.NONE);
    NaiveSamples naive = new NaiveSamples(outputs, COUNTS);

    List<AnchorSample> mined = outputs.samples(plan(COUNTS, outputs, WantedSamples.NEGATIVES));

    assertThat(mined).hasSameSizeAs(naive.hardest()).allMatch(sample -> sample.weight() == 1);
    assertThat(naive.places(mined, false)).isEqualTo(naive.hardest());
  }

  @Test
  void withoutAMinerNegativesAreTakenByChanceOfSeedImageAndView() {
    RandomOutputs outputs = RandomOutputs.of(1, 6, Flip.NONE);
    NaiveSamples naive = new NaiveSamples(outputs, COUNTS);
    SamplingPlan plan = outputs.plan(COUNTS, null, WantedSamples.ALL, 1);

    List<AnchorSample> drawn = outputs.samples(plan);

    Map<String, Long> ofEach =
        drawn.stream()
            .filter(sample -> sample.face() == Matches.NEGATIVE)
            .collect(groupingBy(sample -> NaiveSamples.kind(sample.place()), counting()));
    assertThat(ofEach)
        .allSatisfy(
            (kind, count) ->
                assertThat((double) count)
                    .isEqualTo(Math.min(7, naive.negatives().getOrDefault(kind, 0.0))));
    assertThat(outputs.samples(plan)).usingRecursiveComparison().isEqualTo(drawn);
    Set<Integer> places = naive.places(drawn, false);
    assertThat(naive.places(outputs.samplesOf("other", plan), false)).isNotEqualTo(places);
    assertThat(
            naive.places(outputs.samples(outputs.plan(COUNTS, null, WantedSamples.ALL, 2)), false))
        .isNotEqualTo(places);
  }

  @Test
  void aMirroredViewGivesTheSamplesOfTheImageAsItIs() {
    RandomOutputs plain = RandomOutputs.of(1, 7, Flip.NONE);
    RandomOutputs mirrored = plain.mirrored();
    SampleCounts noneByChance = new SampleCounts(100, 2, 10, 0);

    List<AnchorSample> ours = mirrored.samples(plan(noneByChance, plain, WantedSamples.ALL));

    assertThat(ours).isNotEmpty().allMatch(AnchorSample::mirrored);
    assertThat(ours.stream().map(ViewSamplerTest::seen))
        .containsExactlyInAnyOrderElementsOf(
            plain.samples(plan(noneByChance, plain, WantedSamples.ALL)).stream()
                .map(ViewSamplerTest::seen)
                .toList());
  }

  private static List<Object> seen(AnchorSample sample) {
    return List.of(
        sample.place().level(),
        sample.place().size(),
        sample.reference(),
        sample.face(),
        sample.features()[0]);
  }

  @Test
  void ignoredFacesAreNeitherPositivesNorNegatives() {
    RandomOutputs outputs =
        RandomOutputs.of(1, 8, Flip.NONE)
            .labelled(List.of(new LabelledBox(0, new Box(0, 0, 96, 64), true)));
    SampleCounts all = new SampleCounts(100, 0, 10_000, 0);

    // An ignored face that fills the image covers every anchor whose half lies inside it.
    assertThat(outputs.samples(plan(all, outputs, WantedSamples.ALL)))
        .noneMatch(sample -> sample.place().size() == 0 && sample.place().level() == 0);
  }

  @Test
  void refusesOutputsThatCannotBeThoseOfTheFamily() {
    RandomOutputs outputs = RandomOutputs.of(1, 9, Flip.NONE);
    SamplingPlan plan = plan(COUNTS, outputs, WantedSamples.ALL);

    assertThatThrownBy(() -> outputs.withMap(2, new float[3]).samples(plan))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessageContaining("feature map 2 has 3 values");
    float[] broken = new float[outputs.map(1).length];
    Arrays.fill(broken, Float.NaN);
    assertThatThrownBy(() -> outputs.withMap(1, broken).samples(plan))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessageContaining("not finite");
  }

  @Test
  void labelsAreKnownByKeyAndDigest() {
    TrainingLabels labels =
        new TrainingLabels(
            Map.of("a", new LabelledBoxes(new float[] {1, 2, 3, 4}, new boolean[] {true})),
            // Of no bytes.
            Set.of("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    assertThat(labels.faces("a")).containsExactly(new LabelledBox(0, new Box(1, 2, 3, 4), true));
    assertThat(labels.know("b")).isFalse();
    assertThat(labels.holdOut(new byte[0])).isTrue();
    assertThat(labels.holdOut(new byte[1])).isFalse();
  }

  private static SamplingPlan plan(
      SampleCounts counts, RandomOutputs outputs, WantedSamples wanted) {
    return outputs.plan(counts, outputs.miner(), wanted, 1);
  }
}
