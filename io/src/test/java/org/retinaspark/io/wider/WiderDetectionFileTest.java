package org.retinaspark.io.wider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.io.wider.DetectionLayout.AUTO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiderDetectionFileTest {

  @Test
  void readsWhatOthersWrite() {
    WiderDetections read =
        WiderDetectionFile.parse("x.jpg\n2\n1 2 3 4 0.5 \n5.5 6 -7 8 1e-3\r\n\n", AUTO);
    assertThat(read.boxes()).containsExactly(1, 2, 3, 4, 5.5, 6, -7, 8);
    assertThat(read.scores()).containsExactly(0.5, 1e-3);
    assertThat(read.cut()).isFalse();
  }

  @Test
  void tellsWhatIsWrong() {
    assertThat(WiderDetectionFile.parse("x\n3\n1 2 3 4 0.5\n", AUTO).cut()).isTrue();
    assertThat(WiderDetectionFile.parse("x", AUTO).cut()).isTrue();
    assertThat(WiderDetectionFile.parse("x\n1\n1 2 three 4 5\n", AUTO).malformed()).isEqualTo(1);
    assertThat(WiderDetectionFile.parse("x\n1\n1 2 3 4 nan\n", AUTO).scores()[0]).isNaN();
  }

  @Test
  void matlabReadsNoMoreThanAnnounced() {
    WiderDetections read = WiderDetectionFile.parse("x\n1\n1 2 3 4 0.5\n1 2 3 4 0.6\n", AUTO);
    assertThat(read.upToAnnounced().scores()).containsExactly(0.5);
  }

  @Test
  void floatsComeBackToTheLastBit() {
    double[] boxes = {0.1f, -2.7f, (double) 33.3f - 0.1f, 1e-7};
    double[] scores = {0.02f};
    WiderDetections read =
        WiderDetectionFile.parse(
            WiderDetectionFile.format("a/b.jpg", boxes, scores, BoxNumbers.FLOAT), AUTO);
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

  @ParameterizedTest
  @CsvSource({
    "'a.jpg\n2\n1 2 3 4 .5\n1 2 3 4 .4\n', WIDERFACE",
    "'12\n2\n1 2 3 4 .5\n1 2 3 4 .4\n', WIDERFACE",
    "'\uFEFFa.jpg\r\n2.0\r\n1,2,3,4,.5\r\n\r\n1;2;3;4;.4\r\n', WIDERFACE",
    "'a.jpg\n1 2 3 4 .5\n1\t2\t3\t4\t.4\n', NAMED",
    "'2\n1 2 3 4 .5\n1 2 3 4 .4', COUNTED",
    "'1 2 3 4 .5\n1 2 3 4 .4\n', BOXES",
    "'1 2 3 4 .5 9 9 9\n1 2 3 4 .4\n', BOXES"
  })
  void layoutsAreToldApart(String content, DetectionLayout layout) {
    WiderDetections read = WiderDetectionFile.parse(content.translateEscapes(), AUTO);
    assertThat(read.layout()).isEqualTo(layout);
    assertThat(read.scores()).containsExactly(.5, .4);
    assertThat(read.malformed()).isZero();
    assertThat(read.cut() || read.exceeding()).isFalse();
    assertThat(read.wide()).isEqualTo(content.contains("9") ? 1 : 0);
    assertThat(WiderDetectionFile.parse(content.translateEscapes(), layout).scores()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"'a.jpg\n0\n', WIDERFACE", "'0', COUNTED"})
  void filesWithoutFacesAreWhole(String content, DetectionLayout layout) {
    WiderDetections read = WiderDetectionFile.parse(content.translateEscapes(), AUTO);
    assertThat(read.layout()).isEqualTo(layout);
    assertThat(read.scores()).isEmpty();
    assertThat(read.cut()).isFalse();
    assertThat(WiderDetectionFile.parse("", DetectionLayout.BOXES).cut()).isFalse();
    assertThat(WiderDetectionFile.parse("a.jpg", DetectionLayout.NAMED).cut()).isFalse();
    assertThat(WiderDetectionFile.parse("", AUTO).cut()).isTrue();
  }

  @Test
  void moreLinesThanAnnouncedAreSeen() {
    WiderDetections read = WiderDetectionFile.parse("x\n1\n1 2 3 4 .5\n1 2 3 4 .6\n", AUTO);
    assertThat(read.exceeding()).isTrue();
    assertThat(read.cut()).isFalse();
  }
}
