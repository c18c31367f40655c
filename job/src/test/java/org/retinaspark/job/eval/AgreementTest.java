package org.retinaspark.job.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The accumulator against {@link PlainEvaluation}, on small random worlds full of ties. */
class AgreementTest {

  private static final Layout LAYOUT =
      new Layout(List.of("some"), List.of(new Slice("parity", "even")), List.of("a", "b"));

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
    assertThat(tally(world, dialect).curves().get(0).points().averagePrecision())
        .isCloseTo(expected, within(1e-9));
  }

  @Property(tries = 200)
  void theOrderOfMergingChangesNothing(
      @ForAll("images.list") @Size(min = 1, max = 8) List<PlainEvaluation.Image> world,
      @ForAll long seed)
      throws Exception {
    Tally whole = tally(world, Dialect.MATLAB_DOUBLE);
    Rules rules = rules(world, Dialect.MATLAB_DOUBLE);
    List<Tally> parts = new ArrayList<>();
    for (int i = 0; i < world.size(); i++) {
      Tally part = new Tally(rules);
      part.update(truth(world.get(i), i), detections(world.get(i)));
      parts.add(copy(part));
    }
    Random random = new Random(seed);
    Collections.shuffle(parts, random);
    while (parts.size() > 1) {
      Tally last = parts.remove(parts.size() - 1);
      parts.get(random.nextInt(parts.size())).merge(last);
    }
    List<Curve> expected = whole.curves();
    List<Curve> merged = parts.get(0).curves();
    assertThat(merged).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(merged.get(i).slice()).isEqualTo(expected.get(i).slice());
      assertThat(merged.get(i).points().hits()).isEqualTo(expected.get(i).points().hits());
      assertThat(merged.get(i).points().averagePrecision())
          .isEqualTo(Double.valueOf(expected.get(i).points().averagePrecision()));
    }
    assertThat(parts.get(0).scores()).isEqualTo(whole.scores());
  }

  @Provide("images.list")
  Arbitrary<List<PlainEvaluation.Image>> worlds() {
    return images().list();
  }

  private static Tally tally(List<PlainEvaluation.Image> world, Dialect dialect) {
    Tally tally = new Tally(rules(world, dialect));
    for (int i = 0; i < world.size(); i++) {
      tally.update(truth(world.get(i), i), detections(world.get(i)));
    }
    return tally;
  }

  private static Rules rules(List<PlainEvaluation.Image> world, Dialect dialect) {
    return new Rules(
        LAYOUT,
        range(world).normalisation(dialect),
        dialect == Dialect.MATLAB ? BoxArithmetic.INT32 : BoxArithmetic.DOUBLE);
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

  /** Through serialisation, as between tasks. */
  private static Tally copy(Tally tally) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(tally);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Tally) in.readObject();
    }
  }
}
