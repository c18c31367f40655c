package org.retinaspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.retinaspark.job.evaluate.SmallTable.face;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Census;
import org.retinaspark.job.measures.DetectionFault;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.EvaluationException;
import org.retinaspark.job.measures.spark.OptionalMeasure;

/** Two images with a face each; detections of every bad kind. */
class BadInputTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @BeforeEach
  void writeGroundTruth() throws IOException {
    Files.writeString(
        folder.resolve("wider_face_val_bbx_gt.txt"),
        "e/a.jpg\n1\n10 10 20 20 0 0 0 0 0 0 \ne/b.jpg\n1\n30 30 20 20 0 0 0 0 0 0 \n");
  }

  @Test
  void everyProblemIsCountedAndNamed() throws IOException {
    new SmallTable()
        .image("e/a.jpg", face(0.9f, 10, 10, 30, 30), face(0.1f, 60, 60, 50, 70))
        .failed("e/b.jpg")
        .image("e/stranger.jpg", face(0.9f, 1, 1, 9, 9))
        .ofSplit("train", "e/t.jpg", face(0.9f, 1, 1, 9, 9))
        .write(path("table"));
    Evaluation evaluation = evaluate(Dialect.MATLAB_DOUBLE, BadInput.FAIL);
    Census census = evaluation.result().census();
    assertThat(census.count(DetectionFault.UNKNOWN_IMAGE)).isEqualTo(1);
    assertThat(census.count(DetectionFault.FAILED_IMAGE)).isEqualTo(1);
    assertThat(census.count(DetectionFault.MISSING_IMAGE)).isZero();
    assertThat(census.count(DetectionFault.NEGATIVE_SIZE)).isEqualTo(1);
    assertThat(census.range().count()).isEqualTo(2);
    assertThat(evaluation.value("all", "ap")).isCloseTo(0.5, within(1e-12));
    assertThat(evaluation.warnings())
        .contains("unknown image: 1, such as e/stranger.jpg", "failed image: 1, such as e/b.jpg");
  }

  @Test
  void duplicatesAreAnErrorUnlessDropped() throws IOException {
    new SmallTable()
        .image("e/a.jpg", face(0.9f, 10, 10, 30, 30), face(0.2f, 80, 80, 99, 99))
        .image("e/a.jpg", face(0.9f, 10, 10, 30, 30), face(0.2f, 80, 80, 99, 99))
        .write(path("table"));
    assertThatThrownBy(() -> evaluate(Dialect.MATLAB_DOUBLE, BadInput.FAIL))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("1 images have several rows, such as [e/a.jpg]")
        .hasMessageContaining("--bad-input drop");
    Census census = evaluate(Dialect.MATLAB_DOUBLE, BadInput.DROP).result().census();
    assertThat(census.count(DetectionFault.DUPLICATE_IMAGE)).isEqualTo(1);
    assertThat(census.count(DetectionFault.MISSING_IMAGE)).isEqualTo(1);
    assertThat(census.range().count()).isEqualTo(2);
  }

  @Test
  void numbersThatAreNotFiniteAreAnErrorUnlessDropped() throws IOException {
    new SmallTable()
        .image("e/a.jpg", face(0.9f, 10, 10, 30, 30), face(Float.NaN, 1, 2, 3, 4))
        .image("e/b.jpg", face(null, 1, 2, 3, 4))
        .write(path("table"));
    assertThatThrownBy(() -> evaluate(Dialect.MATLAB_DOUBLE, BadInput.FAIL))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("2 detections have a score or box that is NaN, infinite or null");
    Census census = evaluate(Dialect.MATLAB_DOUBLE, BadInput.DROP).result().census();
    assertThat(census.count(DetectionFault.NOT_FINITE)).isEqualTo(2);
    assertThat(census.range().count()).isEqualTo(1);
  }

  @Test
  void noDetectionsAtAllIsZeroInMatlabAndAnErrorInPython() throws IOException {
    new SmallTable().image("e/a.jpg").image("e/b.jpg").write(path("table"));
    Evaluation evaluation = evaluate(Dialect.MATLAB_DOUBLE, BadInput.FAIL);
    assertThat(evaluation.value("all", "ap")).isZero();
    assertThat(evaluation.value("all", "coco_ap@100")).isZero();
    assertThat(evaluation.value("all", "f1_score")).isNaN();
    assertThat(evaluation.warnings()).contains("there are no detections at all: every AP is 0");
    assertThatThrownBy(() -> evaluate(Dialect.PYTHON, BadInput.FAIL))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("no detections at all");
  }

  @Test
  void oneScoreValueIsZeroInMatlabAndAnErrorInPython() throws IOException {
    new SmallTable()
        .image("e/a.jpg", face(0.5f, 10, 10, 30, 30))
        .image("e/b.jpg", face(0.5f, 30, 30, 50, 50))
        .write(path("table"));
    Evaluation evaluation = evaluate(Dialect.MATLAB_DOUBLE, BadInput.FAIL);
    assertThat(evaluation.value("all", "ap")).isZero();
    assertThat(evaluation.warnings()).anyMatch(warning -> warning.contains("all scores are 0.5"));
    assertThatThrownBy(() -> evaluate(Dialect.PYTHON, BadInput.FAIL))
        .hasMessageContaining("all 2 scores are 0.5");
  }

  @Test
  void aMissingImageIsAnErrorInPythonOnly() throws IOException {
    new SmallTable()
        .image("e/a.jpg", face(0.5f, 10, 10, 30, 30), face(0.4f, 1, 1, 3, 3))
        .write(path("table"));
    Census census = evaluate(Dialect.MATLAB, BadInput.FAIL).result().census();
    assertThat(census.count(DetectionFault.MISSING_IMAGE)).isEqualTo(1);
    assertThatThrownBy(() -> evaluate(Dialect.PYTHON, BadInput.FAIL))
        .hasMessageContaining("1 images of the ground truth have no detections")
        .hasMessageContaining("e/b.jpg");
  }

  @Test
  void aCutFileIsEmptyInMatlabAndReadAsFarAsItGoesInPython() throws IOException {
    Files.createDirectories(folder.resolve("files/e"));
    Files.writeString(folder.resolve("files/e/a.txt"), "a\n3\n10 10 20 20 0.9\n");
    Files.writeString(folder.resolve("files/e/b.txt"), "b\n2\n30 30 20 20 0.8\n1 1 2 2 0.1\n");
    Census matlab = files(Dialect.MATLAB_DOUBLE).result().census();
    assertThat(matlab.count(DetectionFault.CUT_FILE)).isEqualTo(1);
    assertThat(matlab.range().count()).isEqualTo(2);
    Census python = files(Dialect.PYTHON).result().census();
    assertThat(python.count(DetectionFault.CUT_FILE)).isEqualTo(1);
    assertThat(python.range().count()).isEqualTo(3);
  }

  private void writeFiles(String tree, String a, String b) throws IOException {
    Files.createDirectories(folder.resolve(tree));
    Files.writeString(folder.resolve(tree + "/a.txt"), a);
    Files.writeString(folder.resolve(tree + "/b.txt"), b);
  }

  @Test
  void layoutsWithoutTheWholeHeaderAreReadAndSaid() throws IOException {
    for (String header : new String[] {"", "%s.jpg\n", "2\n"}) {
      String boxes = header.formatted("e/a") + "10 10 20 20 0.9\n1 1 2 2 0.1\n";
      writeFiles("files/e", boxes, header.formatted("e/b") + "30 30 20 20 0.8\n1 1 2 2 0.1\n");
      Evaluation evaluation = files(Dialect.MATLAB_DOUBLE);
      assertThat(evaluation.value("all", "ap")).as(boxes).isCloseTo(1, within(1e-12));
      assertThat(evaluation.warnings()).contains("headerless file: 2, such as e/a.jpg, e/b.jpg");
    }
    writeFiles("files/e", "10 10 20 20 0.9\n1 1 2 2 0.1\n", "");
    assertThat(
            files(DetectionLayout.BOXES, Dialect.MATLAB_DOUBLE, BadInput.FAIL)
                .result()
                .census()
                .faults())
        .isEmpty();
  }

  @Test
  void filesThatAreMostlyNotWholeAreAnErrorUnlessDropped() throws IOException {
    writeFiles("files/e", "a\n3\n10 10 20 20 0.9\n", "b\n1\nface 30 30 20 20 0.8\n");
    assertThatThrownBy(() -> files(Dialect.MATLAB_DOUBLE))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("of 2 detection files 1 have fewer lines than they announce")
        .hasMessageContaining("[e/a.jpg]), and 1 have lines that aren't five numbers (such as [e/b")
        .hasMessageContaining("--detection-layout");
    Census census =
        files(DetectionLayout.AUTO, Dialect.MATLAB_DOUBLE, BadInput.DROP).result().census();
    assertThat(census.count(DetectionFault.CUT_FILE)).isEqualTo(1);
    assertThat(census.count(DetectionFault.MALFORMED_FILE)).isEqualTo(1);
  }

  @Test
  void oddFilesAreCountedAndEvaluated() throws IOException {
    writeFiles(
        "files/e",
        "a\n1\n10,10,20,20,0.9\n\n1 1 2 2 0.1\n",
        "b\n2\n30 30 20 20 87.5 1 2 3\n1 1 2 2 0.1\n");
    Census census = files(Dialect.MATLAB_DOUBLE).result().census();
    assertThat(census.count(DetectionFault.EXCEEDING_FILE)).isEqualTo(1);
    assertThat(census.count(DetectionFault.WIDE_FILE)).isEqualTo(1);
    assertThat(census.count(DetectionFault.SCORE_OUTSIDE_0_TO_1)).isEqualTo(1);
    assertThat(census.range().count()).isEqualTo(3);
  }

  @Test
  void foldersAboveTheEventDoNotCount() throws IOException {
    writeFiles(
        "files/val/pred/e", "a\n2\n10 10 20 20 0.9\n1 1 2 2 0.1\n", "b\n1\n30 30 20 20 0.8\n");
    assertThat(files(Dialect.MATLAB_DOUBLE).warnings()).noneMatch(text -> text.contains("image"));
    new SmallTable()
        .image("images/e/a.jpg", face(0.9f, 10, 10, 30, 30), face(0.1f, 1, 1, 3, 3))
        .image("images/e/b.jpg", face(0.9f, 30, 30, 50, 50))
        .write(path("table"));
    assertThat(evaluate(Dialect.MATLAB_DOUBLE, BadInput.FAIL).value("all", "ap"))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void namesOfWhichNoneIsKnownAreAnError() throws IOException {
    writeFiles("files/other", "a\n1\n10 10 20 20 0.9\n", "b\n1\n30 30 20 20 0.8\n");
    assertThatThrownBy(() -> files(Dialect.MATLAB_DOUBLE))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(
            "none of the 2 images of the detections, such as [other/a.jpg, other/b")
        .hasMessageContaining("which has images such as [e/a.jpg, e/b.jpg]");
  }

  @Test
  void aTableWithoutFacesIsNoDetectionTable() {
    LocalSpark.session().range(3).toDF("image").write().parquet(path("table"));
    assertThatThrownBy(() -> evaluate(Dialect.MATLAB_DOUBLE, BadInput.FAIL))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("isn't a detection table")
        .hasMessageContaining("--format widerface");
  }

  private Evaluation evaluate(Dialect dialect, BadInput badInput) throws IOException {
    return run("table", DetectionFormat.TABLE, DetectionLayout.AUTO, dialect, badInput);
  }

  private Evaluation files(Dialect dialect) throws IOException {
    return files(DetectionLayout.AUTO, dialect, BadInput.FAIL);
  }

  private Evaluation files(DetectionLayout layout, Dialect dialect, BadInput badInput)
      throws IOException {
    return run("files", DetectionFormat.WIDERFACE, layout, dialect, badInput);
  }

  private Evaluation run(
      String detections,
      DetectionFormat format,
      DetectionLayout layout,
      Dialect dialect,
      BadInput badInput)
      throws IOException {
    EvaluateConfig config =
        new EvaluateConfig(
            path(detections),
            format,
            new DetectionText(
                layout,
                DetectionText.BoxForm.XYWH,
                dialect == Dialect.PYTHON
                    ? DetectionText.LineRule.EVERY_LINE
                    : DetectionText.LineRule.ANNOUNCED),
            folder.toString(),
            "val",
            null,
            dialect,
            badInput,
            Set.of(OptionalMeasure.COCO, OptionalMeasure.WORST));
    return new EvaluateAction(LocalSpark.session(), config).execute();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
