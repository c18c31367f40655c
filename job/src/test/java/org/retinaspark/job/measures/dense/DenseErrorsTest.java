package org.retinaspark.job.measures.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DenseErrorsTest {

  private static final ObjectMapper FIELDS =
      new ObjectMapper().setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
  private static final int LABELS = 6;

  @Test
  void errorsAreDividedByTheSizeOfTheLabelsBox() {
    DenseTruth truth = truth(0, 10, 20, 30);
    // All 68 points 3 right and 4 down of a box of 100 by 25, and so are the five of them.
    DenseMetrics metrics =
        measure(image(truth, face(truth, 3, 4, pose(PoseWay.MESH, 12, 17, 31.5))));
    assertThat(truth.size()).isEqualTo(50);
    assertThat(metrics.errors("nme_68").mean()).isCloseTo(0.1, within(1e-9));
    assertThat(metrics.errors("nme_5").mean(YawBin.FRONTAL)).isCloseTo(0.1, within(1e-9));
    assertThat(metrics.errors("yaw_mae_mesh").mean()).isCloseTo(2, within(1e-9));
    assertThat(metrics.errors("pitch_mae_mesh").mean()).isCloseTo(3, within(1e-9));
    assertThat(metrics.errors("roll_mae_mesh").mean()).isCloseTo(1.5, within(1e-9));
    assertThat(metrics.errors("missed").mean()).isZero();
    assertThat(metrics.errors("nme_68").faces(YawBin.HALF)).isZero();
    assertThat(metrics.errors("nme_68").meanOfBins()).isNaN();
  }

  @Test
  void anglesAreTheShorterWayRoundAndThoseThatTheLiteratureLeavesOutDontCount() {
    DenseTruth round = truth(0, -95, 0, 0);
    DenseTruth beyond = truth(1, 0, 100, 0);
    DenseMetrics metrics =
        measure(
            image(round, face(round, 0, 0, pose(PoseWay.POINTS, 175, 0, 0))),
            image(beyond, face(beyond, 0, 0, pose(PoseWay.POINTS, 1, 1, 1))));
    assertThat(metrics.errors("yaw_mae_points").faces()).isEqualTo(1);
    assertThat(metrics.errors("yaw_mae_points").mean(YawBin.PROFILE)).isCloseTo(90, within(1e-9));
    assertThat(metrics.errors("nme_68").faces()).isEqualTo(2);
  }

  @Test
  void partsByYawAreUpTo30And60Degrees() {
    assertThat(
            List.of(-30.0, 30.0001, -60.0, 60.0001, -120.0).stream()
                .map(YawBin::of)
                .map(YawBin::label))
        .containsExactly("0-30", "30-60", "30-60", "60-90", "60-90");
  }

  @Test
  void theFaceOfTheLargestOverlapCounts() {
    DenseTruth truth = truth(0, 0, 0, 0);
    DenseFace far = moved(truth, face(truth, 1, 0, null), 40);
    DenseFace near = face(truth, 2, 0, null);
    DenseFace large =
        new DenseFace(new double[] {-500, -500, 500, 500}, near.five(), near.points(), near.pose());
    DenseMetrics metrics = measure(image(truth, large, far, near));
    assertThat(metrics.errors("nme_68").mean()).isCloseTo(2 / 50.0, within(1e-9));
    assertThat(metrics.errors("nme_68").faces()).isEqualTo(1);
  }

  @Test
  void aFaceElsewhereAFailedImageAndBrokenNumbersAreNoHits() {
    DenseTruth truth = truth(0, 0, 0, 0);
    DenseFace elsewhere = moved(truth, face(truth, 0, 0, null), 60);
    assertThat(measure(image(truth, elsewhere)).errors("missed").mean()).isEqualTo(1);
    DenseMetrics failed = measure(new DenseImage("f", truth, List.of(), true));
    assertThat(failed.errors("missed").mean()).isEqualTo(1);
    assertThat(failed.failed()).isEqualTo(1);
    double[] nowhere = new double[4];
    Arrays.fill(nowhere, Double.NaN);
    DenseFace broken = new DenseFace(nowhere, new double[10], truth.points(), Optional.empty());
    assertThat(measure(image(truth, broken)).errors("missed").mean()).isEqualTo(1);
  }

  @Test
  void whatAFaceLacksOrIsNoNumberIsntMeasured() {
    DenseTruth truth = truth(0, 0, 0, 0);
    double[] points = truth.points().clone();
    points[77] = Double.NaN;
    DenseMetrics metrics =
        measure(
            image(
                truth,
                new DenseFace(
                    truth.box(),
                    new double[0],
                    points,
                    Optional.of(pose(PoseWay.MESH, Double.NaN, 0, 0)))));
    assertThat(metrics.errors("missed").faces()).isEqualTo(1);
    assertThat(metrics.errors("missed").mean()).isZero();
    for (String name : List.of("nme_68", "nme_5", "yaw_mae_mesh", "roll_mae_mesh")) {
      assertThat(metrics.errors(name).faces()).as(name).isZero();
      assertThat(metrics.errors(name).mean()).as(name).isNaN();
    }
  }

  @Test
  void rowsAndImagesWithoutLabelAreCounted() {
    DenseTruth truth = truth(2, 0, 0, 0);
    DenseMetrics metrics =
        measure(
            image(truth),
            image(truth),
            unlabelled("d"),
            unlabelled("a"),
            unlabelled("c"),
            unlabelled("b"));
    assertThat(metrics.rows()).containsExactly(0, 0, 2, 0, 0, 0);
    assertThat(metrics.unlabelled()).isEqualTo(4);
    assertThat(metrics.examples()).containsExactly("a", "b", "c");
  }

  @Property(tries = 200)
  void partsMergeInAnyOrderToTheSameLastBit(@ForAll Random random) throws Exception {
    List<DenseImage> world = new ArrayList<>();
    for (int i = random.nextInt(14); i > 0; i--) {
      world.add(randomImage(random));
    }
    DenseErrors whole = new DenseErrors(LABELS);
    world.forEach(whole::update);
    Collections.shuffle(world, random);
    List<DenseErrors> parts = new ArrayList<>(List.of(whole.empty()));
    for (DenseImage image : world) {
      if (random.nextInt(3) == 0) {
        parts.add(whole.empty());
      }
      parts.get(random.nextInt(parts.size())).update(image);
    }
    while (parts.size() > 1) {
      DenseErrors part = copy(parts.remove(random.nextInt(parts.size())));
      parts.get(random.nextInt(parts.size())).merge(part);
    }
    assertThat(FIELDS.writeValueAsString(copy(parts.get(0)).result()))
        .isEqualTo(FIELDS.writeValueAsString(whole.result()));
  }

  private static DenseImage randomImage(Random random) {
    if (random.nextInt(5) == 0) {
      return unlabelled("u" + random.nextInt(9));
    }
    double yaw = random.nextDouble() * 240 - 120;
    DenseTruth truth = truth(random.nextInt(LABELS), yaw, 10, -10);
    List<DenseFace> faces = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      PoseWay way = List.of(PoseWay.values()).get(random.nextInt(4));
      DenseFace face =
          face(
              truth,
              random.nextGaussian() * 9,
              random.nextGaussian(),
              pose(way, random.nextGaussian() * 90, random.nextGaussian(), 3));
      faces.add(moved(truth, face, random.nextGaussian() * 40));
    }
    return new DenseImage("i", truth, faces, random.nextInt(6) == 0);
  }

  private static DenseMetrics measure(DenseImage... images) {
    DenseErrors errors = new DenseErrors(LABELS);
    Arrays.stream(images).forEach(errors::update);
    return errors.result();
  }

  private static DenseImage image(DenseTruth truth, DenseFace... faces) {
    return new DenseImage("i", truth, List.of(faces), false);
  }

  private static DenseImage unlabelled(String name) {
    return new DenseImage(name, null, List.of(), false);
  }

  /** Points on an arc, whose box is 100 by 25 pixels. */
  private static DenseTruth truth(int ordinal, double yaw, double pitch, double roll) {
    double[] points = new double[136];
    for (int i = 0; i < 68; i++) {
      points[2 * i] = 100 * i / 67.0;
      points[2 * i + 1] = i % 2 == 0 ? 0 : 25;
    }
    return new DenseTruth(ordinal, points, yaw, pitch, roll);
  }

  private static DensePose pose(PoseWay way, double yaw, double pitch, double roll) {
    return new DensePose(way, yaw, pitch, roll);
  }

  private static DenseFace face(
      DenseTruth truth, double right, double down, @Nullable DensePose pose) {
    return new DenseFace(
        truth.box(),
        shifted(truth.five(), right, down),
        shifted(truth.points(), right, down),
        Optional.ofNullable(pose));
  }

  private static DenseFace moved(DenseTruth truth, DenseFace face, double right) {
    return new DenseFace(shifted(truth.box(), right, 0), face.five(), face.points(), face.pose());
  }

  private static double[] shifted(double[] points, double right, double down) {
    double[] shifted = points.clone();
    for (int i = 0; i < points.length; i++) {
      shifted[i] += i % 2 == 0 ? right : down;
    }
    return shifted;
  }

  private static DenseErrors copy(DenseErrors errors) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(errors);
    return (DenseErrors)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
