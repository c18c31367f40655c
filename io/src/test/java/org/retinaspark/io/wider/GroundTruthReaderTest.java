package org.retinaspark.io.wider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.GroundTruthException;

class GroundTruthReaderTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private static Path widerFace() {
    Path data = Path.of(System.getProperty("retinaspark.shared", "absent"), "widerface");
    assumeTrue(Files.isDirectory(data), "no reference data in " + data);
    return data;
  }

  private GroundTruth read(Path from, String split) throws IOException {
    return new GroundTruthReader(from.toString(), split, new Configuration()).read();
  }

  @Test
  void theOfficialFilesHaveTheOfficialCounts() throws IOException {
    GroundTruth truth = read(widerFace().resolve("ground_truth"), "val");
    assertThat(truth.images()).hasSize(3226);
    assertThat(truth.faces()).isEqualTo(39708);
    assertThat(truth.images().stream().map(GroundTruthImage::event).distinct()).hasSize(61);
    assertThat(truth.subsets()).containsExactly("easy", "medium", "hard");
    assertThat(counts(truth)).containsExactly(7211, 13319, 31958);
    assertThat(truth.boxType()).isEqualTo(BoxType.INT32);
    assertThat(truth.files()).hasSize(4).allMatch(GroundTruthFile::recognised);
    assertThat(truth.warnings()).isEmpty();
  }

  @Test
  void theAnnotationTextSaysTheSameAsTheMatlabFile() throws IOException {
    Path data = widerFace();
    GroundTruth mat = read(data.resolve("ground_truth"), "val");
    Files.copy(
        data.resolve("wider_face_val_bbx_gt.txt"), folder.resolve("wider_face_val_bbx_gt.txt"));
    GroundTruth text = read(folder, "val");
    assertThat(text.images()).hasSameSizeAs(mat.images());
    for (int i = 0; i < mat.images().size(); i++) {
      assertThat(text.images().get(i).image()).isEqualTo(mat.images().get(i).image());
      assertThat(text.images().get(i).boxes()).isEqualTo(mat.images().get(i).boxes());
      assertThat(text.images().get(i).attributes()).isEqualTo(mat.images().get(i).attributes());
    }
    assertThat(text.files()).allMatch(GroundTruthFile::recognised);
  }

  @Test
  void anImageWithoutFacesCarriesADummyLine() throws IOException {
    Files.writeString(
        folder.resolve("wider_face_train_bbx_gt.txt"),
        "e/a.jpg\n0\n0 0 0 0 0 0 0 0 0 0 \ne/b.jpg\n2\n1 2 3 4 2 1 0 0 1 1 \n5 6 7 8 0 0 0 1 0 0 \n");
    GroundTruth truth = read(folder, "train");
    assertThat(truth.images()).extracting(GroundTruthImage::faces).containsExactly(0, 2);
    GroundTruthImage image = truth.images().get(1);
    assertThat(image.boxes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(image.attribute(0, FaceAttribute.BLUR)).isEqualTo((byte) 2);
    assertThat(image.subsets()).containsExactly(1, 0);
    assertThat(truth.warnings())
        .anyMatch(w -> w.contains("unknown digest"))
        .anyMatch(w -> w.contains("subset \"all\""));
  }

  @Test
  void labelsAddLandmarksByBox() throws IOException {
    Files.writeString(
        folder.resolve("wider_face_val_bbx_gt.txt"),
        "e/a.jpg\n2\n1 2 3 4 0 0 0 0 0 0 \n5 6 7 8 0 0 0 0 0 0 \n");
    Files.writeString(
        folder.resolve("label.txt"),
        "# e/a.jpg\n5 6 7 8 1 2 0 3 4 0 5 6 0 7 8 0 9 10 0 0.5\n1 2 3 4 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 0\n");
    GroundTruthImage image = read(folder, "val").images().get(0);
    assertThat(image.landmarks()[0]).isNaN();
    assertThat(java.util.Arrays.copyOfRange(image.landmarks(), 10, 20))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void aFolderWithoutGroundTruthSaysWhatIsMissing() {
    assertThatThrownBy(() -> read(folder, "test"))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("no ground truth of split \"test\"")
        .hasMessageContaining("wider_face_test.mat");
  }

  @Test
  void aBrokenMatlabFileIsNamed() throws IOException {
    Files.writeString(folder.resolve("wider_face_val.mat"), "not a matlab file");
    Files.writeString(folder.resolve("wider_easy_val.mat"), "nor this");
    assertThatThrownBy(() -> read(folder, "val"))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("isn't a MATLAB 5 file");
  }

  @Test
  void aCutAnnotationTextIsNamedWithItsLine() throws IOException {
    Files.writeString(folder.resolve("wider_face_val_bbx_gt.txt"), "e/a.jpg\n1\n1 2 3\n");
    assertThatThrownBy(() -> read(folder, "val"))
        .hasMessageContaining("line 3")
        .hasMessageContaining("10 whole numbers");
  }

  private static int[] counts(GroundTruth truth) {
    int[] counts = new int[truth.subsets().size()];
    for (GroundTruthImage image : truth.images()) {
      for (byte mask : image.subsets()) {
        for (int subset = 0; subset < counts.length; subset++) {
          counts[subset] += (mask >> subset) & 1;
        }
      }
    }
    return counts;
  }
}
