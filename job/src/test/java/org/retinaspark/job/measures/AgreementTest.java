package org.retinaspark.job.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The accumulator against {@link PlainEvaluation}, on small random worlds full of ties. */
class AgreementTest {

  private static final Breakdown BREAKDOWN =
      new Breakdown(List.of("some"), List.of(new FaceSlice("parity", "even")), List.of("a", "b"));

  @Provide
  Arbitrary<PlainEvaluation.Image> images() {
    Arbitrary<Double> place = Arbitraries.integers().between(0, 40).map(i -> (double) i);
    Arbitrary<Double> side = Arbitraries.integers().between(0, 12).map(i -> (double) i);
    Arbitrary<PlainEvaluation.Box> face =
        Combinators.combine(place, place, side, side)
            .as((x, y, w, h) -> new PlainEvaluation.Box(x, y, w, h, 0));
    Arbitrary<Double> fraction = Arbitraries.of(0.0, 0.25, 0.5, 0.75, 0.3);
    Arbitrary<Double> score =
        Arbitraries.oneOf(
            Arbitraries.of(0.1, 0.5, 0.9, 0.999, 1.0),
            Arbitraries.doubles().between(0.01, 1).ofScale(4));
    Arbitrary<PlainEvaluation.Box> detection =
        Combinators.combine(face, fraction, fraction, score)
            .as(
                (f, dx, dw, s) ->
                    new PlainEvaluation.Box(f.x() + dx, f.y() - dw, f.w() + dw, f.h() + dx, s));
    return Combinators.combine(
            face.list().ofMaxSize(5),
            Arbitraries.of(true, true, false).list().ofSize(5),
            detection.list().ofMaxSize(8),
            Arbitraries.integers().between(0, 255))
        .as(
            (faces, counts, detections, echo) -> {
              List<PlainEvaluation.Box> all = new ArrayList<>(detections);
              for (int i = 0; i < faces.size(); i++) {
                if ((echo >> i & 1) == 1) {
                  PlainEvaluation.Box f = faces.get(i);
                  all.add(
                      0,
                      new PlainEvaluation.Box(
                          f.x(), f.y(), f.w(), f.h() + 1, 0.5 + 0.1 * (echo >> 5)));
                }
              }
              return new PlainEvaluation.Image(faces, counts.subList(0, faces.size()), all);
            });
  }

  @Property(tries = 400)
  void agreesWithThePlainOneInEveryDialect(
      @ForAll("images.list") @Size(min = 1, max = 6) List<PlainEvaluation.Image> world,
      @ForAll Dialect dialect) {
    ScoreRange range = range(world);
    boolean evaluable = world.stream().anyMatch(i -> i.counts().contains(true));
    boolean undefined =
        dialect == Dialect.PYTHON && (range.count() == 0 || range.min() == range.max());
    if (!evaluable || undefined) {
      return;
    }
    double expected = PlainEvaluation.averagePrecision(world, dialect, true);
    assertThat(averagePrecision(world, dialect)).isCloseTo(expected, within(1e-9));
  }

  @Provide("images.list")
  Arbitrary<List<PlainEvaluation.Image>> worlds() {
    return images().list();
  }

  private static double averagePrecision(List<PlainEvaluation.Image> world, Dialect dialect) {
    PrecisionRecall measure =
        new PrecisionRecall(
            BREAKDOWN,
            range(world).normalisation(dialect),
            dialect == Dialect.MATLAB ? OfficialMatching.INT32 : OfficialMatching.DOUBLE);
    for (int i = 0; i < world.size(); i++) {
      measure.update(
          new PairedImage(
              "image " + i, truth(world.get(i), i), detections(world.get(i)), Set.of()));
    }
    return measure.result().get(0).averagePrecision();
  }

  private static ScoreRange range(List<PlainEvaluation.Image> world) {
    ScoreRange range = ScoreRange.EMPTY;
    for (PlainEvaluation.Image image : world) {
      range = range.update(detections(image).scores());
    }
    return range;
  }

  private static Truth truth(PlainEvaluation.Image image, int ordinal) {
    int faces = image.faces().size();
    byte[] subsets = new byte[faces];
    int[] slices = new int[faces];
    for (int i = 0; i < faces; i++) {
      subsets[i] = (byte) (image.counts().get(i) ? 1 : 0);
      slices[i] = 1 - i % 2;
    }
    return new Truth(ordinal, ordinal % 2, flat(image.faces()), subsets, slices, new double[0]);
  }

  private static Detections detections(PlainEvaluation.Image image) {
    double[] scores = image.detections().stream().mapToDouble(PlainEvaluation.Box::score).toArray();
    return new Detections(flat(image.detections()), scores, new double[0]);
  }

  private static double[] flat(List<PlainEvaluation.Box> boxes) {
    return boxes.stream()
        .flatMapToDouble(b -> java.util.stream.DoubleStream.of(b.x(), b.y(), b.w(), b.h()))
        .toArray();
  }
}
