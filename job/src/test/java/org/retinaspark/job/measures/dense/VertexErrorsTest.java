package org.retinaspark.job.measures.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.retinaspark.job.measures.FaceSlice;

class VertexErrorsTest {

  private static final ObjectMapper FIELDS =
      new ObjectMapper().setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);

  /** Points 1 and 4 are the corners of the eyes. */
  private static final MeshForm FORM = new MeshForm("Six", 6, 3, 1, 4);

  private static final CountedFaces ALL = new CountedFaces(FORM, 0);

  @Test
  void errorsAreOfTheReferencesBoxAndEyes() {
    MeshedFace face = face(0, 0, 50, new float[18]);
    float[] mesh = face.mesh();
    mesh[3] = 10;
    mesh[12] = 26;
    mesh[14] = 12;
    float[] found = mesh.clone();
    for (int at = 0; at < found.length; at += 3) {
      found[at] += 3;
      found[at + 1] += 4;
    }
    found[2] += 6;
    VertexMetrics metrics = measure(image(List.of(face), List.of(face(0, 0, 50, found))));
    assertThat(mean(metrics, VertexError.VERTEX_BOX)).isCloseTo(5 / 50.0, within(1e-9));
    // The eyes are 16 apart in the plane and 12 in depth.
    assertThat(mean(metrics, VertexError.VERTEX_INTER_OCULAR)).isCloseTo(5 / 20.0, within(1e-9));
    // One of six is 6 deeper, which is 5 beside the mean; the others are 1 less deep.
    assertThat(mean(metrics, VertexError.DEPTH_BOX)).isCloseTo(10 / 6.0 / 50, within(1e-9));
    assertThat(mean(metrics, VertexError.DEPTH_INTER_OCULAR))
        .isCloseTo(10 / 6.0 / 20, within(1e-9));
  }

  @Property(tries = 100)
  void perfectMeshesHaveNoErrorWhereverZeroDepthIs(@ForAll Random random) {
    MeshedFace face = believed(randomFace(random));
    float[] mesh = face.mesh().clone();
    for (int at = 2; at < mesh.length; at += 3) {
      mesh[at] += 64;
    }
    VertexMetrics metrics = measure(image(List.of(face), List.of(with(face, mesh))));
    for (VertexError error : VertexError.values()) {
      assertThat(mean(metrics, error)).as(error.label()).isCloseTo(0, within(1e-4));
    }
  }

  @Property(tries = 100)
  void movingAndScalingAnImageChangesNothing(
      @ForAll Random random, @ForAll @DoubleRange(min = 0.1, max = 20) double scale) {
    List<MeshedFace> reference = new ArrayList<>();
    List<MeshedFace> found = new ArrayList<>();
    List<MeshedFace> movedReference = new ArrayList<>();
    List<MeshedFace> movedFound = new ArrayList<>();
    double right = random.nextGaussian() * 100;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      MeshedFace face = believed(randomFace(random));
      MeshedFace other = noisy(face, random);
      reference.add(face);
      found.add(other);
      movedReference.add(moved(face, scale, right, -right));
      movedFound.add(moved(other, scale, right, -right));
    }
    VertexMetrics as = measure(image(reference, found));
    VertexMetrics changed = measure(image(movedReference, movedFound));
    assertThat(changed.outcomes(FaceSlice.ALL).measured())
        .isEqualTo(as.outcomes(FaceSlice.ALL).measured());
    for (MeshSource source : MeshSource.values()) {
      for (VertexError error : VertexError.values()) {
        double was = as.errors(FaceSlice.ALL, source, error).mean();
        if (Double.isNaN(was)) {
          assertThat(as.outcomes(FaceSlice.ALL).measured()).isZero();
          continue;
        }
        assertThat(changed.errors(FaceSlice.ALL, source, error).mean())
            .as("%s of %s", error, source)
            .isCloseTo(was, within(1e-3 * Math.max(1, was)));
      }
    }
  }

  @Test
  void facesArePairedOnceTheLargestOverlapFirst() {
    float[] mesh = new float[18];
    MeshedFace left = face(0, 0, 100, mesh);
    MeshedFace right = face(30, 0, 100, mesh);
    MeshedFace between = face(10, 0, 100, mesh);
    MeshedFace far = face(500, 0, 100, mesh);
    assertThat(image(List.of(left, right), List.of(between, far)).pairs()).containsExactly(0, -1);
    assertThat(image(List.of(left, right), List.of(right, between)).pairs()).containsExactly(1, 0);
    assertThat(image(List.of(left), List.of(far)).pairs()).containsExactly(-1);
    // Two thirds apart: the overlap is exactly a half.
    assertThat(image(List.of(face(0, 0, 30, mesh)), List.of(face(10, 0, 30, mesh))).pairs())
        .containsExactly(0);
    double[] nowhere = {Double.NaN, 0, 10, 10};
    MeshedFace broken = new MeshedFace(nowhere, new double[0], mesh, 1, 0);
    assertThat(image(List.of(broken, left), List.of(broken)).pairs()).containsExactly(-1, -1);
  }

  @Test
  void whatCountsAndWhatBecameOfItIsTold() {
    float[] mesh = new float[18];
    float[] broken = mesh.clone();
    broken[7] = Float.NaN;
    MeshedFace small = face(0, 0, 10, mesh);
    MeshedFace doubted = new MeshedFace(square(100, 0, 60), new double[0], mesh, 0.5, 0);
    MeshedFace unscored = new MeshedFace(square(200, 0, 60), new double[0], mesh, Double.NaN, 0);
    MeshedFace bare = face(300, 0, 60, new float[0]);
    MeshedFace whole = face(400, 0, 60, mesh);
    MeshedFace missed = face(500, 0, 200, mesh);
    List<MeshedFace> reference = List.of(small, doubted, unscored, bare, whole, missed);
    List<MeshedFace> found =
        List.of(small, doubted, face(200, 0, 60, broken), bare, face(400, 0, 60, mesh));
    CountedFaces counted = new CountedFaces(FORM, 48);
    VertexErrors errors = new VertexErrors(counted, new MeanShapeSums(counted).result());
    errors.update(image(reference, found));
    FaceOutcomes outcomes = errors.result().outcomes(FaceSlice.ALL);
    assertThat(List.of(outcomes.measured(), outcomes.missed(), outcomes.withoutMesh()))
        .containsExactly(1L, 1L, 1L);
    assertThat(errors.result().outcomes(new FaceSlice("size", "48-96")).faces()).isEqualTo(2);
    assertThat(errors.result().outcomes(new FaceSlice("size", "192+")).missed()).isEqualTo(1);
    assertThatThrownBy(() -> new CountedFaces(FORM, Double.NaN))
        .hasMessageContaining("faces of at least NaN pixels");
  }

  /** A world whose faces are all affine images of one is what the baseline by five points finds. */
  @Property(tries = 50)
  void anAffineWorldIsFoundByItsFivePoints(@ForAll Random random) {
    float[] shape = new float[18];
    for (int at = 0; at < shape.length; at++) {
      shape[at] = random.nextFloat() * 100;
    }
    double[] five = {30, 40, 70, 42, 50, 60, 35, 80, 66, 81};
    List<MeshedFace> faces = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      double size = 20 + random.nextInt(200);
      MeshedFace one = new MeshedFace(square(0, 0, 100), five, shape, 1, 0);
      faces.add(moved(one, size / 100, 1000 * i, 7));
    }
    MeshedImage image = image(faces, faces);
    VertexMetrics metrics = measure(image);
    for (MeshSource source : List.of(MeshSource.MEAN_SHAPE, MeshSource.FIVE_POINTS)) {
      assertThat(metrics.errors(FaceSlice.ALL, source, VertexError.VERTEX_BOX).faces())
          .isEqualTo(3);
      assertThat(metrics.errors(FaceSlice.ALL, source, VertexError.VERTEX_BOX).mean())
          .isCloseTo(0, within(1e-5));
      assertThat(metrics.errors(FaceSlice.ALL, source, VertexError.DEPTH_BOX).mean())
          .isCloseTo(0, within(1e-5));
    }
    // Turned by a right angle the box says nothing, and the five points all of it.
    double[] turned = five.clone();
    float[] turnedShape = shape.clone();
    for (int point = 0; point < 5; point++) {
      turned[2 * point] = 100 - five[2 * point + 1];
      turned[2 * point + 1] = five[2 * point];
    }
    for (int at = 0; at < shape.length; at += 3) {
      turnedShape[at] = 100 - shape[at + 1];
      turnedShape[at + 1] = shape[at];
    }
    MeanShapeSums mean = new MeanShapeSums(ALL);
    mean.update(image);
    assertThat(FORM.distance(mean.result().fittedTo(turned), turnedShape))
        .isCloseTo(0, within(1e-3));
    assertThat(mean.result().fittedTo(new double[10])).isNotEmpty();
    assertThat(new MeanShapeSums(ALL).result().fittedTo(turned)).isEmpty();
  }

  @Property(tries = 100)
  void partsMergeInAnyOrderToTheSameLastBit(@ForAll Random random) throws Exception {
    List<MeshedImage> world = new ArrayList<>();
    for (int i = random.nextInt(9); i > 0; i--) {
      world.add(randomImage(random, "i" + i));
    }
    VertexErrors whole = new VertexErrors(ALL, mean(world));
    world.forEach(whole::update);
    Collections.shuffle(world, random);
    List<VertexErrors> parts = new ArrayList<>(List.of(new VertexErrors(ALL, mean(world))));
    for (MeshedImage image : world) {
      if (random.nextInt(3) == 0) {
        parts.add(parts.get(0).empty());
      }
      parts.get(random.nextInt(parts.size())).update(image);
    }
    while (parts.size() > 1) {
      VertexErrors part = copy(parts.remove(random.nextInt(parts.size())));
      parts.get(random.nextInt(parts.size())).merge(part);
    }
    assertThat(text(copy(parts.get(0)))).isEqualTo(text(whole));
  }

  /** Maps have no order of their own, so each slice is written in that of reports. */
  private static String text(VertexErrors errors) throws Exception {
    VertexMetrics metrics = errors.result();
    StringBuilder text = new StringBuilder();
    text.append(metrics.unknown()).append(metrics.twice());
    text.append(metrics.images()).append(' ').append(metrics.withoutReference());
    text.append(metrics.withoutRow()).append(' ').append(metrics.failed());
    for (FaceSlice slice : VertexMetrics.slices()) {
      text.append(FIELDS.writeValueAsString(metrics.outcomes(slice)));
      for (MeshSource source : MeshSource.values()) {
        for (VertexError error : VertexError.values()) {
          text.append(FIELDS.writeValueAsString(metrics.errors(slice, source, error)));
        }
      }
    }
    return text.toString();
  }

  private static MeshedImage randomImage(Random random, String name) {
    List<MeshedFace> reference = new ArrayList<>();
    List<MeshedFace> found = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      MeshedFace face = randomFace(random);
      reference.add(face);
      if (random.nextInt(4) > 0) {
        found.add(noisy(face, random));
      }
    }
    int rows = random.nextInt(3);
    return new MeshedImage(
        name,
        reference,
        rows == 0 ? List.of() : found,
        random.nextInt(6) == 0 ? 0 : 1,
        rows,
        random.nextInt(9) == 0);
  }

  private static MeshedFace randomFace(Random random) {
    float side = 10 + random.nextInt(300);
    float corner = random.nextInt(2000);
    double[] five = new double[10];
    float[] mesh = new float[18];
    for (int at = 0; at < five.length; at++) {
      five[at] = corner + side * random.nextDouble();
    }
    for (int at = 0; at < mesh.length; at++) {
      mesh[at] = corner + side * random.nextFloat();
    }
    double[] box = {corner, corner, corner + side, corner + side * (1 + random.nextDouble())};
    return new MeshedFace(
        box, five, mesh, random.nextInt(4) == 0 ? 0.3 : 0.9, random.nextDouble() * 180 - 90);
  }

  private static MeshedFace noisy(MeshedFace face, Random random) {
    float[] mesh = face.mesh().clone();
    for (int at = 0; at < mesh.length; at++) {
      mesh[at] += (float) (random.nextGaussian() * face.size() * 0.1);
    }
    return with(face, random.nextInt(5) == 0 ? new float[0] : mesh);
  }

  private static MeshedFace believed(MeshedFace face) {
    return new MeshedFace(face.box(), face.five(), face.mesh(), 0.9, face.yaw());
  }

  private static MeshedFace with(MeshedFace face, float[] mesh) {
    return new MeshedFace(face.box(), face.five(), mesh, face.score(), face.yaw());
  }

  private static MeshedFace moved(MeshedFace face, double scale, double right, double down) {
    double[] box = face.box().clone();
    double[] five = face.five().clone();
    float[] mesh = face.mesh().clone();
    for (int at = 0; at < box.length; at++) {
      box[at] = scale * box[at] + (at % 2 == 0 ? right : down);
    }
    for (int at = 0; at < five.length; at++) {
      five[at] = scale * five[at] + (at % 2 == 0 ? right : down);
    }
    for (int at = 0; at < mesh.length; at++) {
      double shift = List.of(right, down, 0.0).get(at % 3);
      mesh[at] = (float) (scale * mesh[at] + shift);
    }
    return new MeshedFace(box, five, mesh, face.score(), face.yaw());
  }

  private static MeshedFace face(double x, double y, double side, float[] mesh) {
    return new MeshedFace(square(x, y, side), new double[0], mesh, 0.9, 0);
  }

  private static double[] square(double x, double y, double side) {
    return new double[] {x, y, x + side, y + side};
  }

  private static MeshedImage image(List<MeshedFace> reference, List<MeshedFace> found) {
    return new MeshedImage("i", reference, found, 1, 1, false);
  }

  private static MeanShape mean(List<MeshedImage> images) {
    MeanShapeSums sums = new MeanShapeSums(ALL);
    images.forEach(sums::update);
    return sums.result();
  }

  private static VertexMetrics measure(MeshedImage image) {
    VertexErrors errors = new VertexErrors(ALL, mean(List.of(image)));
    errors.update(image);
    return errors.result();
  }

  private static double mean(VertexMetrics metrics, VertexError error) {
    return metrics.errors(FaceSlice.ALL, MeshSource.TABLE, error).mean();
  }

  private static VertexErrors copy(VertexErrors errors) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(errors);
    return (VertexErrors)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
