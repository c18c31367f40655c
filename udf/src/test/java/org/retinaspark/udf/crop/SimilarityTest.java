package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.detect.Point;

class SimilarityTest {

  private static final Point SOMEWHERE = new Point(31.5f, -7.25f);

  @Test
  void turnsXTowardsY() {
    Similarity quarter = new Similarity(0, 2, 10, 20);

    assertThat(quarter.apply(new Point(1, 0))).isEqualTo(new Point(10, 22));
    assertThat(quarter.apply(new Point(0, 1))).isEqualTo(new Point(8, 20));
    assertThat(quarter.scale()).isEqualTo(2);
  }

  @Property(tries = 200)
  void theInverseUndoesIt(@ForAll("similarities") Similarity similarity) {
    assertNear(similarity.inverse().apply(similarity.apply(SOMEWHERE)), SOMEWHERE, 0.02);
    assertNear(similarity.then(similarity.inverse()).apply(SOMEWHERE), SOMEWHERE, 1e-4);
  }

  @Property(tries = 200)
  void oneAfterTheOther(
      @ForAll("similarities") Similarity first, @ForAll("similarities") Similarity second) {
    Point stepwise = second.apply(first.apply(SOMEWHERE));

    assertNear(first.then(second).apply(SOMEWHERE), stepwise, 1);
    assertThat(first.then(second).scale())
        .isCloseTo(first.scale() * second.scale(), within(1e-6 * first.scale() * second.scale()));
  }

  @Property(tries = 200)
  void isFoundAgainByThePointsItMoved(@ForAll("similarities") Similarity similarity) {
    List<Point> points = points(new Random(1), 5);

    Similarity found = Similarity.between(points, moved(points, similarity)).orElseThrow();

    assertThat(found.scale()).isCloseTo(similarity.scale(), within(1e-3 * similarity.scale()));
    for (Point point : points) {
      assertNear(found.apply(point), similarity.apply(point), 1e-3 * (1 + similarity.scale()));
    }
  }

  @Property(tries = 100)
  void noOtherIsNearer(@ForAll("similarities") Similarity other) {
    List<Point> from = points(new Random(2), 6);
    List<Point> to = points(new Random(3), 6);

    Similarity best = Similarity.between(from, to).orElseThrow();

    for (double share : new double[] {1e-3, 0.1, 1}) {
      Similarity near =
          new Similarity(
              best.a() + share * (other.a() - best.a()),
              best.b() + share * (other.b() - best.b()),
              best.x() + share * (other.x() - best.x()),
              best.y() + share * (other.y() - best.y()));
      assertThat(squares(best, from, to)).isLessThanOrEqualTo(squares(near, from, to) + 1e-3);
    }
  }

  @Test
  void neverMirrors() {
    List<Point> points = points(new Random(4), 5);
    List<Point> mirrored = points.stream().map(point -> new Point(-point.x(), point.y())).toList();

    Similarity best = Similarity.between(points, mirrored).orElseThrow();

    assertThat(best.a() * best.a() + best.b() * best.b()).isGreaterThan(0);
    assertThat(squares(best, points, mirrored)).isGreaterThan(1);
  }

  @Test
  void pointsThatTellNothingGiveNone() {
    Point nowhere = new Point(Float.NaN, 0);
    Point far = new Point(Float.POSITIVE_INFINITY, 0);
    Point one = new Point(3, 4);
    Point other = new Point(5, 6);

    assertThat(Similarity.between(List.of(), List.of())).isEmpty();
    assertThat(Similarity.between(List.of(one), List.of(other))).isEmpty();
    assertThat(Similarity.between(List.of(one, other), List.of(one))).isEmpty();
    assertThat(Similarity.between(List.of(one, one), List.of(one, other))).isEmpty();
    assertThat(Similarity.between(List.of(one, other), List.of(one, one))).isEmpty();
    assertThat(Similarity.between(List.of(one, nowhere), List.of(one, other))).isEmpty();
    assertThat(Similarity.between(List.of(one, other), List.of(far, other))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "NaN, 1, 0, 0",
    "1, 0, Infinity, 0",
    "1e-200, 0, 0, 0",
    "1e200, 0, 0, 0"
  })
  void whatCannotBeUndoneIsNone(double a, double b, double x, double y) {
    assertThatThrownBy(() -> new Similarity(a, b, x, y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can't be undone");
  }

  @Provide
  Arbitrary<Similarity> similarities() {
    return Combinators.combine(
            Arbitraries.doubles().between(0.1, 100),
            Arbitraries.doubles().between(-3.14, 3.14),
            Arbitraries.doubles().between(-5000, 5000),
            Arbitraries.doubles().between(-5000, 5000))
        .as(
            (scale, angle, x, y) ->
                new Similarity(scale * Math.cos(angle), scale * Math.sin(angle), x, y));
  }

  private static List<Point> points(Random random, int count) {
    List<Point> points = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      points.add(new Point(random.nextFloat() * 100, random.nextFloat() * 100));
    }
    return points;
  }

  private static List<Point> moved(List<Point> points, Similarity similarity) {
    return points.stream().map(similarity::apply).toList();
  }

  private static double squares(Similarity similarity, List<Point> from, List<Point> to) {
    double sum = 0;
    for (int at = 0; at < from.size(); at++) {
      Point moved = similarity.apply(from.get(at));
      sum += Math.pow(moved.x() - to.get(at).x(), 2) + Math.pow(moved.y() - to.get(at).y(), 2);
    }
    return sum;
  }

  private static void assertNear(Point actual, Point expected, double distance) {
    assertThat(Math.hypot(actual.x() - expected.x(), actual.y() - expected.y()))
        .as("from %s to %s", actual, expected)
        .isLessThan(distance);
  }
}
