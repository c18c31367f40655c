package org.retinaspark.io.wider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WiderDetectionFileTest {

  @Test
  void readsWhatOthersWrite() {
    WiderDetections read =
        WiderDetectionFile.parse("x.jpg\n2\n1 2 3 4 0.5 \n5.5 6 -7 8 1e-3\r\n\n");
    assertThat(read.boxes()).containsExactly(1, 2, 3, 4, 5.5, 6, -7, 8);
    assertThat(read.scores()).containsExactly(0.5, 1e-3);
    assertThat(read.cut()).isFalse();
  }

  @Test
  void tellsWhatIsWrong() {
    assertThat(WiderDetectionFile.parse("x\n3\n1 2 3 4 0.5\n").cut()).isTrue();
    assertThat(WiderDetectionFile.parse("x").cut()).isTrue();
    assertThat(WiderDetectionFile.parse("x\n1\n1 2 three 4 5\n").malformed()).isEqualTo(1);
    assertThat(WiderDetectionFile.parse("x\n1\n1 2 3 4 nan\n").scores()[0]).isNaN();
  }

  @Test
  void matlabReadsNoMoreThanAnnounced() {
    WiderDetections read = WiderDetectionFile.parse("x\n1\n1 2 3 4 0.5\n1 2 3 4 0.6\n");
    assertThat(read.upToAnnounced().scores()).containsExactly(0.5);
  }

  @Test
  void floatsComeBackToTheLastBit() {
    double[] boxes = {0.1f, -2.7f, (double) 33.3f - 0.1f, 1e-7};
    double[] scores = {0.02f};
    WiderDetections read =
        WiderDetectionFile.parse(
            WiderDetectionFile.format("a/b.jpg", boxes, scores, BoxNumbers.FLOAT));
    assertThat(read.boxes()).containsExactly(boxes);
    assertThat(read.scores()).containsExactly(scores);
  }

  @Test
  void integersAreCutCorners() {
    String text =
        WiderDetectionFile.format(
            "a", new double[] {1.9, -2.7, 3.2, 4.0}, new double[] {0.5}, BoxNumbers.INTEGER);
    assertThat(text).isEqualTo("a\n1\n1 -2 4 3 0.5\n");
  }
}
