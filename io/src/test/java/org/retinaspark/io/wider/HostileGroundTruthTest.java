package org.retinaspark.io.wider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.matlab.MatFile;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;

/** Whatever stands in a ground truth's file, the answer is a ground truth or an error of ours. */
class HostileGroundTruthTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAT_HEADER = 128;

  @Property(tries = 400, seed = "20191101")
  void damagedMatlabFiles(@ForAll long seed, @ForAll boolean cut) {
    Random random = new Random(seed);
    byte[] content = mat(boxes(2));
    if (cut) {
      content = Arrays.copyOf(content, random.nextInt(content.length));
    }
    for (int flips = random.nextInt(4) + (cut ? 0 : 1); flips > 0 && content.length > 0; flips--) {
      content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
    }
    byte[] damaged = content;
    assertOurs(() -> images(damaged));
  }

  @Property(tries = 200, seed = "20191102")
  void noiseInMatlabFiles(@ForAll @Size(max = 300) byte[] noise) {
    byte[] content = Arrays.copyOf(mat(boxes(1)), MAT_HEADER + noise.length);
    System.arraycopy(noise, 0, content, MAT_HEADER, noise.length);
    assertOurs(() -> images(content));
  }

  @Property(tries = 100, seed = "20191103")
  void sizesThatTheFileCantHold(@ForAll @IntRange(min = 0, max = 400) int at) {
    byte[] content = mat(boxes(2));
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(MAT_HEADER + 4 * (at % ((content.length - MAT_HEADER) / 4)), 0x7FFF_FFF0);
    assertOurs(() -> images(content));
  }

  @Property(tries = 500, seed = "20191104")
  void noiseInTexts(
      @ForAll
          @StringLength(max = 200)
          @CharRange(from = '+', to = '9')
          @CharRange(from = '\n', to = '\n')
          @CharRange(from = ' ', to = '#')
          @CharRange(from = 'e', to = 'f')
          String text) {
    assertOurs(() -> new AnnotationText("a.txt", text).images());
    assertOurs(() -> new LandmarkLabels("label.txt", text).images());
    assertOurs(() -> WiderDetectionFile.parse(text, DetectionLayout.AUTO));
  }

  @Example
  void countsOfFacesThatTheFileCantHold() {
    for (String count : new String[] {"-1", "2147483647", "536870912"}) {
      String text = "e/a.jpg\n" + count + "\n1 2 3 4 0 0 0 0 0 0\n";
      assertThatThrownBy(() -> new AnnotationText("a.txt", text).images())
          .isInstanceOf(GroundTruthException.class)
          .hasMessage(
              "a.txt, line 2: image e/a.jpg has %s faces, but 1 lines follow; it is cut or damaged, fetch it again"
                  .formatted(count));
    }
  }

  @Example
  void boxesWithoutFourNumbers() {
    assertThatThrownBy(() -> images(mat(Mat5.newMatrix(2, 3))))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("the boxes of e/a.jpg have 3 numbers");
  }

  @Example
  void listsOfUnlikeLength() {
    byte[] uneven =
        write(
            Mat5.newMatFile()
                .addArray("event_list", texts("e", "f"))
                .addArray("file_list", cell(texts("a")))
                .addArray("face_bbx_list", cell(cell(boxes(1)))));
    assertThatThrownBy(() -> images(uneven))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining(
            "variable file_list holds 1 elements where another variable has more");
  }

  private static void assertOurs(Runnable read) {
    Throwable thrown = assertTimeoutPreemptively(PATIENCE, () -> catchThrowable(read::run));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(GroundTruthException.class);
      assertThat(thrown).message().isNotBlank();
    }
  }

  private static void images(byte[] content) {
    MatFile faces = MatFile.read("wider_face_val.mat", content);
    MatFile easy =
        MatFile.read(
            "wider_easy_val.mat",
            write(Mat5.newMatFile().addArray("gt_list", cell(cell(Mat5.newScalar(1))))));
    MatGroundTruth reader = new MatGroundTruth(faces, Map.of("easy", easy));
    reader.boxType();
    reader.images();
  }

  private static byte[] mat(Matrix boxes) {
    return write(
        Mat5.newMatFile()
            .addArray("event_list", texts("e"))
            .addArray("file_list", cell(texts("a")))
            .addArray("face_bbx_list", cell(cell(boxes)))
            .addArray("blur_label_list", cell(cell(Mat5.newMatrix(2, 1)))));
  }

  private static Matrix boxes(int faces) {
    Matrix boxes = Mat5.newMatrix(faces, GroundTruthImage.BOX);
    for (int i = 0; i < faces * GroundTruthImage.BOX; i++) {
      boxes.setDouble(i, i);
    }
    return boxes;
  }

  private static Cell cell(us.hebi.matlab.mat.types.Array content) {
    return Mat5.newCell(1, 1).set(0, content);
  }

  private static Cell texts(String... texts) {
    Cell cell = Mat5.newCell(texts.length, 1);
    for (int i = 0; i < texts.length; i++) {
      cell.set(i, Mat5.newString(texts[i]));
    }
    return cell;
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
