package org.retinaspark.io.aflw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.io.GroundTruthException;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;

class AflwLabelsTest {

  private static final int MAT_HEADER = 128;

  @Test
  void pointsAndPoseAreReadAndFoldersInsideAreLeft(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("b.mat"), label(points(), pose(0.1, -0.2, 0.3)));
    Files.write(folder.resolve("a.MAT"), label(points(), pose(0, 0, 0)));
    Files.writeString(folder.resolve("b.jpg"), "a photo");
    Files.createDirectories(folder.resolve("Code"));
    Files.writeString(folder.resolve("Code/Model.mat"), "no label");
    AflwLabels labels = read(folder);
    assertThat(labels.labels()).extracting(AflwLabel::image).containsExactly("a", "b");
    AflwLabel label = labels.labels().get(1);
    assertThat(label.points()).hasSize(136).startsWith(0, 1000, 1, 1002).endsWith(67, 1134);
    assertThat(label.pitch()).isCloseTo(Math.toDegrees(0.1), within(1e-9));
    assertThat(label.yaw()).isCloseTo(Math.toDegrees(-0.2), within(1e-9));
    assertThat(label.roll()).isCloseTo(Math.toDegrees(0.3), within(1e-9));
    String before = labels.sha256();
    Files.move(folder.resolve("b.mat"), folder.resolve("c.mat"));
    assertThat(read(folder).sha256()).hasSize(64).isNotEqualTo(before);
  }

  @Test
  void aFolderWithoutLabelsIsTold(@TempDir Path folder) {
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("has no file NAME.mat")
        .hasMessageContaining("nothing was evaluated");
  }

  @Test
  void twoLabelsOfOneImageAreTold(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("a.mat"), label(points(), pose(0, 0, 0)));
    Files.write(folder.resolve("a.MAT"), label(points(), pose(0, 0, 0)));
    assertThatThrownBy(() -> read(folder)).hasMessageContaining("two labels of the image a:");
  }

  @Test
  void aFileThatIsNoLabelByItsSizeIsNotRead(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("Model_Shape.mat"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("Model_Shape.mat has 1,048,577 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, pt3d_68 holds NaN",
    "1e300, pt3d_68 holds 1.0E300",
    "-Infinity, pt3d_68 holds -Infinity"
  })
  void pointsThatAreNoPlaceAreTold(double number, String message) {
    Matrix points = points();
    points.setDouble(1, 67, number);
    assertWrong(label(points, pose(0, 0, 0)), "image1.mat: " + message);
  }

  @Test
  void labelsOfOtherShapeAreTold() {
    assertWrong(label(Mat5.newMatrix(2, 68), pose(0, 0, 0)), "pt3d_68 is 2 by 68 and not 3 by 68");
    assertWrong(label(Mat5.newMatrix(3, 21), pose(0, 0, 0)), "pt3d_68 is 3 by 21 and not 3 by 68");
    assertWrong(label(points(), Mat5.newMatrix(1, 2)), "Pose_Para is 1 by 2 and not 1 by 3");
    assertWrong(label(points(), pose(Double.NaN, 0, 0)), "Pose_Para holds NaN");
    assertWrong(label(Mat5.newMatrix(3, 68), pose(0, 0, 0)), "puts all points on one line");
    assertWrong(
        write(Mat5.newMatFile().addArray("pt2d", points()).addArray("Pose_Para", pose(0, 0, 0))),
        "image1.mat has no variable pt3d_68");
    assertWrong(
        write(
            Mat5.newMatFile()
                .addArray("pt3d_68", Mat5.newString("x"))
                .addArray("Pose_Para", pose(0, 0, 0))),
        "variable pt3d_68 holds char where Matrix is expected");
    assertWrong(new byte[0], "image1.mat isn't a MATLAB 5 file");
  }

  @Property(tries = 200, seed = "20161101")
  void damagedFilesAreLabelsOrErrorsOfOurs(@ForAll long seed, @ForAll boolean cut) {
    Random random = new Random(seed);
    byte[] content = label(points(), pose(0.1, 0.2, 0.3));
    if (cut) {
      content = Arrays.copyOf(content, random.nextInt(content.length));
    }
    for (int flips = random.nextInt(4) + (cut ? 0 : 1); flips > 0 && content.length > 0; flips--) {
      content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
    }
    assertOurs(content);
  }

  @Property(tries = 100, seed = "20161102")
  void sizesThatTheFileCantHoldAreErrorsOfOurs(@ForAll int at) {
    byte[] content = label(points(), pose(0.1, 0.2, 0.3));
    int place = Math.floorMod(at, 60);
    ByteBuffer.wrap(content)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAT_HEADER + 4 * place, 0x7FFF_FFF0);
    assertOurs(content);
  }

  @Test
  void theRealLabelsAreRead() throws IOException {
    Path data = Path.of(System.getProperty("retinaspark.shared", "absent"), "aflw2000");
    assumeTrue(Files.isDirectory(data), "no reference data in " + data);
    AflwLabels labels = read(data);
    assertThat(labels.labels()).hasSize(16);
    AflwLabel turned = labels.labels().get(4);
    assertThat(turned.image()).isEqualTo("image00475");
    assertThat(turned.yaw()).isCloseTo(65.63, within(0.01));
    assertThat(turned.pitch()).isCloseTo(39.96, within(0.01));
    assertThat(turned.roll()).isCloseTo(19.99, within(0.01));
  }

  private static void assertOurs(byte[] content) {
    Throwable thrown = catchThrowable(() -> AflwLabel.read("a", "a.mat", content));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(GroundTruthException.class);
      assertThat(thrown).message().isNotBlank();
    }
  }

  private static void assertWrong(byte[] content, String message) {
    assertThatThrownBy(() -> AflwLabel.read("image1", "image1.mat", content))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining(message);
  }

  private static AflwLabels read(Path folder) throws IOException {
    return AflwLabels.read(folder.toString(), new Configuration());
  }

  private static Matrix points() {
    Matrix points = Mat5.newMatrix(3, 68);
    for (int i = 0; i < 68; i++) {
      points.setDouble(0, i, i);
      points.setDouble(1, i, 1000 + 2 * i);
    }
    return points;
  }

  private static Matrix pose(double... angles) {
    Matrix pose = Mat5.newMatrix(1, 7);
    for (int i = 0; i < angles.length; i++) {
      pose.setDouble(0, i, angles[i]);
    }
    return pose;
  }

  private static byte[] label(Matrix points, Matrix pose) {
    return write(Mat5.newMatFile().addArray("pt3d_68", points).addArray("Pose_Para", pose));
  }

  private static byte[] write(us.hebi.matlab.mat.types.MatFile file) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
    try (Sink sink = Sinks.wrap(buffer)) {
      file.writeTo(sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
