package org.retinaspark.job.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.io.wider.GroundTruth;
import org.retinaspark.io.wider.GroundTruthImage;
import org.retinaspark.io.wider.GroundTruthReader;
import org.retinaspark.io.wider.WiderDetectionFile;
import org.retinaspark.io.wider.WiderDetections;

/**
 * The numbers that the official code gives in Octave, and the Python port's, on other people's
 * detections.
 */
class OfficialNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "mnet025-biubug6-original-size, MATLAB_DOUBLE, 0.907076, 0.881650, 0.738273, 1e-6",
    "mnet025-biubug6-original-size, MATLAB, 0.907134, 0.881609, 0.738245, 1e-6",
    "mnet025-biubug6-original-size, PYTHON, 0.9071, 0.8817, 0.7383, 1e-4",
    "mnet25-insightface-confidence0.8, MATLAB_DOUBLE, 0.832621, 0.770101, 0.395356, 1e-6",
    "mnet25-insightface-confidence0.8, MATLAB, 0.832900, 0.770253, 0.395329, 1e-6",
    "mnet25-insightface-confidence0.8, PYTHON, 0.8326, 0.7701, 0.3954, 1e-4",
  })
  void sameNumbersAsTheOfficialCode(
      String set, Dialect dialect, double easy, double medium, double hard, double tolerance)
      throws IOException {
    GroundTruth ground =
        new GroundTruthReader(ReferenceData.groundTruth().toString(), "val", new Configuration())
            .read();
    Map<String, String> files = ReferenceData.detections(set);
    List<PairedImage> images = new ArrayList<>();
    ScoreRange range = ScoreRange.EMPTY;
    for (GroundTruthImage image : ground.images()) {
      Truth truth =
          new Truth(
              images.size(),
              0,
              image.boxes(),
              image.subsets(),
              new int[image.faces()],
              new double[0]);
      WiderDetections file =
          WiderDetectionFile.parse(
              files.getOrDefault(image.image().replace(".jpg", ".txt"), ""), DetectionLayout.AUTO);
      Detections found = new Detections(file.boxes(), file.scores(), new double[0]);
      images.add(new PairedImage(image.image(), truth, found, Set.of()));
      range = range.update(file.scores());
    }
    PrecisionRecall measure =
        new PrecisionRecall(
            new Breakdown(ground.subsets(), List.of(), List.of("any")),
            range.normalisation(dialect),
            dialect == Dialect.MATLAB ? OfficialMatching.INT32 : OfficialMatching.DOUBLE);
    images.forEach(measure::update);
    List<Double> precisions =
        measure.result().stream()
            .filter(curve -> curve.slice().equals(FaceSlice.ALL))
            .map(PrecisionRecallCurve::averagePrecision)
            .toList();
    assertThat(precisions.get(0)).isCloseTo(easy, within(tolerance));
    assertThat(precisions.get(1)).isCloseTo(medium, within(tolerance));
    assertThat(precisions.get(2)).isCloseTo(hard, within(tolerance));
  }
}
