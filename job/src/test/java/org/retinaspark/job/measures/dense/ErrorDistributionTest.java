package org.retinaspark.job.measures.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ErrorDistributionTest {

  @Property(tries = 200)
  void agreesWithSortedErrors(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1.2) Double> numbers) {
    double[] errors = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    ErrorDistribution distribution = of(errors);
    Arrays.sort(errors);
    assertThat(distribution.faces()).isEqualTo(errors.length);
    assertThat(distribution.mean())
        .isCloseTo(Arrays.stream(errors).average().orElseThrow(), within(1e-8));
    assertThat(distribution.median())
        .isCloseTo(Math.min(1, errors[(errors.length - 1) / 2]), within(0.00101));
    assertThat(distribution.areaUnderCurve())
        .isCloseTo(
            Arrays.stream(errors)
                .map(error -> Math.max(0, 1 - error / 0.1))
                .average()
                .orElseThrow(),
            within(1e-8));
    double[] curve = distribution.cumulative();
    for (int point = 0; point < curve.length; point++) {
      double limit = (point + 1) / 1000.0;
      double share =
          (double) Arrays.stream(errors).filter(error -> error <= limit).count() / errors.length;
      assertThat(curve[point]).isCloseTo(share, within(1e-12));
    }
    assertThat(distribution.share(50)).isEqualTo(curve[49]);
  }

  @Test
  void nothingIsNoNumberAndBrokenErrorsAreNone() {
    ErrorDistribution nothing = of(Double.NaN, Double.POSITIVE_INFINITY);
    assertThat(nothing.faces()).isZero();
    for (double number :
        new double[] {
          nothing.mean(), nothing.median(), nothing.share(50), nothing.areaUnderCurve()
        }) {
      assertThat(number).isNaN();
    }
    assertThat(of(0, 0, 0).median()).isZero();
    assertThat(of(0, 5, 5).median()).isEqualTo(1);
    assertThat(of(0.1).areaUnderCurve()).isZero();
    assertThat(of(0.1).share(100)).isEqualTo(1);
    assertThat(of(1e12).mean()).isEqualTo(10, within(1e-6));
  }

  private static ErrorDistribution of(double... errors) {
    ErrorDistribution distribution = new ErrorDistribution();
    Arrays.stream(errors).forEach(distribution::add);
    return distribution;
  }
}
