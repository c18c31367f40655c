package org.retinaspark.job.train.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.apache.commons.math3.linear.RealMatrix;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retinaspark.job.train.regression.Explained;
import org.retinaspark.job.train.regression.NormalEquations;
import org.retinaspark.job.train.regression.ReducedRank;
import org.retinaspark.job.train.regression.SingularEquationsException;

/** Ridge and reduced-rank regression give what numpy gives from the rows themselves. */
final class ClosedFormTest {

  /** Inputs are rounded to single precision. */
  private static final Offset<Double> CLOSE = within(2e-6);

  private GoldenFit golden;
  private List<NormalEquations> equations;

  @BeforeEach
  void sum() throws IOException {
    golden = GoldenFit.read();
    EquationSum sum = new EquationSum(GoldenFit.SHAPE, new GoldenFit.Raw(6));
    double[] sums = new double[sum.length()];
    sum.add(golden.rows(), sums);
    equations = sum.equations(sums);
  }

  @Test
  void ridgeRegressionIsThatOfNumpy() {
    for (int anchor = 0; anchor < equations.size(); anchor++) {
      assertClose(
          equations.get(anchor).solve(golden.number("ridge")).getData(),
          golden.matrix("weights", "" + anchor));
    }
  }

  @Test
  void reducedRankIsThatOfNumpy() {
    ReducedRank reduced = reduced((int) golden.number("coefficients"));
    assertThat(reduced.share()).isCloseTo(golden.number("share"), CLOSE);
    assertThat(reduced.mean()).containsExactly(golden.vector("mean"), CLOSE);
    RealMatrix basis = reduced.basis();
    double[][] expected = golden.matrix("basis");
    for (int number = 0; number < expected.length; number++) {
      double sign = Math.signum(expected[number][0] * basis.getEntry(number, 0));
      for (int value = 0; value < expected[number].length; value++) {
        assertThat(sign * basis.getEntry(number, value)).isCloseTo(expected[number][value], CLOSE);
      }
    }
    ImageRows rows = golden.rows();
    double[] features = new double[4];
    for (int row = 0; row < rows.count(); row++) {
      rows.features(row, features);
      RealMatrix told = reduced.coefficients().get(golden.anchor(row)).multiply(basis);
      double[] fitted = told.preMultiply(features);
      for (int value = 0; value < fitted.length; value++) {
        assertThat(fitted[value] + reduced.mean()[value])
            .isCloseTo(golden.matrix("reduced")[row][value], CLOSE);
      }
    }
  }

  @Test
  void whatAFitExplainsIsToldFromItsEquations() {
    NormalEquations all = equations.get(0).plus(equations.get(1));
    ReducedRank reduced = reduced((int) golden.number("coefficients"));
    assertThat(Explained.share(equations, all, reduced))
        .isCloseTo(golden.number("explained"), CLOSE);
  }

  @Test
  void noMoreCoefficientsAreKeptThanTheFitHasDimensions() {
    ReducedRank reduced = reduced(100);
    assertThat(reduced.basis().getRowDimension()).isEqualTo(6);
    assertThat(reduced.share()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aRowCountsAsOftenAsItsWeight() {
    EquationSum once = new EquationSum(GoldenFit.SHAPE, new GoldenFit.Raw(6));
    EquationSum thrice = new EquationSum(GoldenFit.SHAPE, new GoldenFit.Heavy(6, 3));
    double[] sums = new double[once.length()];
    for (int time = 0; time < 3; time++) {
      once.add(golden.rows(), sums);
    }
    double[] weighted = new double[thrice.length()];
    thrice.add(golden.rows(), weighted);
    NormalEquations all = once.equations(sums).get(0);
    NormalEquations heavy = thrice.equations(weighted).get(0);
    assertThat(heavy.rows() * 3).isEqualTo(all.rows());
    assertThat(heavy.weight()).isCloseTo(all.weight(), CLOSE);
    assertThat(heavy.squares()).isCloseTo(all.squares(), CLOSE);
    assertClose(heavy.features().getData(), all.features().getData());
    assertClose(heavy.products().getData(), all.products().getData());
  }

  @Test
  void tooFewRowsTellNothing() {
    EquationSum sum = new EquationSum(GoldenFit.SHAPE, new GoldenFit.Raw(6));
    NormalEquations none = sum.equations(new double[sum.length()]).get(0);
    assertThatThrownBy(() -> none.solve(1))
        .isInstanceOf(SingularEquationsException.class)
        .hasMessage("0 samples don't tell 4 weights");
  }

  @Test
  void dependentFeaturesTellNothingWithoutARidge() {
    NormalEquations one = equations.get(0);
    RealMatrix features = one.features().copy();
    for (int i = 0; i < 4; i++) {
      features.setEntry(0, i, features.getEntry(1, i));
      features.setEntry(i, 0, features.getEntry(i, 1));
    }
    features.setEntry(0, 0, features.getEntry(1, 1));
    NormalEquations twice =
        new NormalEquations(one.rows(), one.squares(), features, one.products());
    assertThatThrownBy(() -> twice.solve(0))
        .isInstanceOf(SingularEquationsException.class)
        .hasMessageContaining("are not independent, and a ridge of 0.0 doesn't mend that");
    assertThat(twice.solve(1e-3).getEntry(0, 0)).isFinite();
  }

  @Test
  void valuesThatAreAllAlikeHaveNoBasis() {
    NormalEquations one = equations.get(0);
    RealMatrix alike = one.products().copy();
    for (int value = 0; value < 6; value++) {
      alike.setColumnVector(value, one.features().getColumnVector(3));
    }
    NormalEquations same = new NormalEquations(one.rows(), one.squares(), one.features(), alike);
    assertThatThrownBy(() -> ReducedRank.of(List.of(same), List.of(same.solve(0)), 2))
        .isInstanceOf(SingularEquationsException.class)
        .hasMessage("the fitted values are all alike");
  }

  private ReducedRank reduced(int coefficients) {
    double ridge = golden.number("ridge");
    return ReducedRank.of(
        equations, equations.stream().map(one -> one.solve(ridge)).toList(), coefficients);
  }

  private static void assertClose(double[][] actual, double[][] expected) {
    for (int line = 0; line < expected.length; line++) {
      assertThat(actual[line]).containsExactly(expected[line], CLOSE);
    }
  }
}
