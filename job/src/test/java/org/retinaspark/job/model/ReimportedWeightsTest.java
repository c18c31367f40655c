package org.retinaspark.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.SharedData;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.TrialSession;

/**
 * A published state dict, built into a model, against the ONNX file that PyTorch exported of it.
 */
class ReimportedWeightsTest {

  private static final float SAME_NUMBER = 1e-4f;
  private static final float SAME_SCORE = 1e-4f;
  private static final float SAME_PIXEL = 1e-2f;

  /** Below it lies the score threshold of 0.02, which a rounding may cross. */
  private static final float CERTAIN = 0.0201f;

  private static final int PHOTOS = 5;
  private static final float[] MEAN = {104, 117, 123};

  @TempDir private Path folder;
  private Path photos;
  private Path exported;
  private Path built;

  @BeforeEach
  void build() throws IOException {
    LocalSpark.session();
    Path weights = SharedData.require("models/retinaface_mnet025.pth");
    photos = SharedData.require("widerface/val_subset/images/2--Demonstration");
    exported = SharedData.require("models/retinaface_mnet025_dynamic.onnx");
    built = folder.resolve("built.onnx");
    new BuildAction(
            new ModelTarget(built, WritePolicy.CREATE),
            WeightSource.of(weights),
            new ArchitectureChoice(),
            Preprocessing.AS_IS)
        .execute();
  }

  @Test
  void givesTheSameNumbersOnPhotos() throws IOException {
    try (TrialSession ours = TrialSession.open(Files.readAllBytes(built));
        TrialSession theirs = TrialSession.open(Files.readAllBytes(exported));
        Stream<Path> files = Files.list(photos)) {
      for (Path photo : files.sorted().limit(PHOTOS).toList()) {
        BufferedImage image = ImageIO.read(photo.toFile());
        long[] shape = {1, 3, image.getHeight(), image.getWidth()};
        List<FloatBuffer> actual = outputs(ours, "image", tensor(image), shape);
        List<FloatBuffer> expected = outputs(theirs, "input0", tensor(image), shape);
        for (int output = 0; output < expected.size(); output++) {
          assertThat(worst(expected.get(output), actual.get(output)))
              .as("%s, output %d", photo, output)
              .isLessThanOrEqualTo(SAME_NUMBER);
        }
      }
    }
  }

  @Test
  void findsTheSameFaces() throws IOException {
    Map<String, List<FoundFace>> ours = faces(built, "ours");
    Map<String, List<FoundFace>> theirs = faces(exported, "theirs");
    assertThat(ours.keySet()).isEqualTo(theirs.keySet());
    assertThat(withoutCounterpart(ours, theirs)).isEmpty();
    assertThat(withoutCounterpart(theirs, ours)).isEmpty();
    assertThat(ours.values().stream().mapToInt(List::size).sum()).isGreaterThan(1000);
  }

  private static List<FloatBuffer> outputs(
      TrialSession session, String input, ByteBuffer image, long[] shape) {
    return session.run(input, ElementType.FLOAT, image, shape).values().stream()
        .map(TrialSession.TrialOutput::values)
        .toList();
  }

  private static float worst(FloatBuffer expected, FloatBuffer actual) {
    assertThat(actual.limit()).isEqualTo(expected.limit());
    float worst = 0;
    for (int index = 0; index < expected.limit(); index++) {
      worst = Math.max(worst, Math.abs(expected.get(index) - actual.get(index)));
    }
    return worst;
  }

  private static ByteBuffer tensor(BufferedImage image) {
    int pixels = image.getWidth() * image.getHeight();
    int[] colours =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    ByteBuffer tensor =
        ByteBuffer.allocateDirect(3 * pixels * Float.BYTES).order(ByteOrder.nativeOrder());
    for (int channel = 0; channel < 3; channel++) {
      for (int colour : colours) {
        tensor.putFloat(((colour >> (8 * channel)) & 0xff) - MEAN[channel]);
      }
    }
    return tensor.flip();
  }

  private Map<String, List<FoundFace>> faces(Path model, String table) throws IOException {
    Path output = folder.resolve(table);
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    String[] detect = {
      "detect", "--input", "" + photos, "--output", "" + output, "--model", "" + model
    };
    StringWriter errors = new StringWriter();
    assertThat(Main.run(nobody, new PrintWriter(errors, true), detect))
        .as(errors::toString)
        .isEqualTo(ExitStatus.DONE);
    Map<String, List<FoundFace>> faces = new HashMap<>();
    for (Row row : LocalSpark.session().read().parquet("" + output).collectAsList()) {
      List<Row> found = row.getList(row.fieldIndex("faces"));
      faces.put(row.getAs("image"), found.stream().map(FoundFace::of).toList());
    }
    return faces;
  }

  private static List<String> withoutCounterpart(
      Map<String, List<FoundFace>> some, Map<String, List<FoundFace>> others) {
    List<String> alone = new ArrayList<>();
    some.forEach(
        (image, faces) ->
            faces.stream()
                .filter(face -> face.score > CERTAIN)
                .filter(
                    face -> others.getOrDefault(image, List.of()).stream().noneMatch(face::isSame))
                .forEach(face -> alone.add(image + ": " + face)));
    return alone;
  }

  /** Score, box and landmarks. */
  private record FoundFace(float score, List<Float> coordinates) {

    static FoundFace of(Row face) {
      List<Float> coordinates = new ArrayList<>();
      Row box = face.getAs("box");
      for (int side = 0; side < 4; side++) {
        coordinates.add(box.getFloat(side));
      }
      Row landmarks = face.getAs("landmarks");
      for (int point = 0; point < 5; point++) {
        coordinates.add(landmarks.getStruct(point).getFloat(0));
        coordinates.add(landmarks.getStruct(point).getFloat(1));
      }
      return new FoundFace(face.<Float>getAs("score"), coordinates);
    }

    boolean isSame(FoundFace other) {
      boolean same = Math.abs(score - other.score) <= SAME_SCORE;
      for (int index = 0; same && index < coordinates.size(); index++) {
        same = Math.abs(coordinates.get(index) - other.coordinates.get(index)) <= SAME_PIXEL;
      }
      return same;
    }
  }
}
