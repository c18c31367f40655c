package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.udf.detect.MeshTopology;

final class FacePartsTest {

  private static final String MESH = "FaceMesh468";
  private static final int WIDTH = 300;
  private static final int HEIGHT = 280;

  /** Drawn in another way by {@code masks.py}, which lies beside the files. */
  @Test
  void isWhatTheReferenceDraws() {
    List<FacePart> parts = FaceParts.of(MESH, MaskFiles.floats("turned_face.f32"), 96, 80);
    assertThat(parts)
        .containsExactlyElementsOf(
            MaskFiles.rows("turned_face.csv").stream()
                .map(row -> new FacePart(row[0], row[2]))
                .toList());
  }

  @Test
  void partsLieWhereTheyDoInAFace() {
    Map<String, double[]> centres = new HashMap<>();
    parts(0, 0).forEach((part, mask) -> centres.put(part, centre(mask)));
    assertThat(centres.keySet()).containsExactlyInAnyOrderElementsOf(FaceParts.NAMES);
    for (String both : List.of("_eye", "_brow")) {
      assertThat(x(centres, "left" + both)).isLessThan(x(centres, "nose") - 15);
      assertThat(x(centres, "right" + both)).isGreaterThan(x(centres, "nose") + 15);
    }
    List<String> down = List.of("left_brow", "left_eye", "nose", "upper_lip", "lower_lip");
    assertThat(down.stream().map(part -> of(part, centres)[1])).isSorted();
  }

  @Test
  void noPixelIsOfTwoPartsAndNoneBetweenThem() {
    boolean[] face = new boolean[WIDTH * HEIGHT];
    for (boolean[] mask : parts(10, 10).values()) {
      for (int at = 0; at < face.length; at++) {
        assertThat(face[at] && mask[at]).isFalse();
        face[at] |= mask[at];
      }
    }
    for (int column = 0; column < WIDTH; column++) {
      boolean[] pixels = Arrays.copyOfRange(face, column * HEIGHT, (column + 1) * HEIGHT);
      assertThat(runs(pixels)).as("runs of column %d", column).isLessThanOrEqualTo(1);
    }
  }

  private static int runs(boolean[] pixels) {
    int runs = 0;
    for (int at = 0; at < pixels.length; at++) {
      runs += pixels[at] && (at == 0 || !pixels[at - 1]) ? 1 : 0;
    }
    return runs;
  }

  /** Turned to the right of the image, the face shows less and less of the eye there. */
  @Test
  void theHeadHidesWhatIsBehindIt() {
    double frontal = area(of("right_eye", parts(0, 0)));
    assertThat(area(of("right_eye", parts(40, 0)))).isBetween(0.2 * frontal, 0.8 * frontal);
    assertThat(area(of("right_eye", parts(85, 0)))).isZero();
    assertThat(area(of("right_brow", parts(85, 0)))).isZero();
    assertThat(area(of("left_eye", parts(85, 0)))).isPositive();
    assertThat(area(of("left_eye", parts(-85, 0)))).isZero();
  }

  @Test
  void nothingIsSeenFromBehind() {
    double frontal = parts(0, 0).values().stream().mapToDouble(FacePartsTest::area).sum();
    double behind = parts(180, 0).values().stream().mapToDouble(FacePartsTest::area).sum();
    // The undersides of nose and lips look backwards in the canonical face.
    assertThat(behind).isLessThan(0.01 * frontal);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 25, 60})
  void aMirroredFaceHasMirroredParts(int yaw) {
    Map<String, boolean[]> parts = parts(yaw, 8);
    Map<String, boolean[]> mirrored = drawn(mirrored(turned(yaw, 8)));
    parts.forEach(
        (part, mask) -> {
          String other =
              part.startsWith("left_")
                  ? part.replace("left_", "right_")
                  : part.replace("right_", "left_");
          boolean[] seen = of(other, mirrored);
          int different = 0;
          for (int at = 0; at < mask.length; at++) {
            int across = (WIDTH - 1 - at / HEIGHT) * HEIGHT + at % HEIGHT;
            different += mask[at] == seen[across] ? 0 : 1;
          }
          assertThat(different).as(part).isLessThanOrEqualTo(2);
        });
  }

  @Test
  void areasGrowWithTheSquareOfTheFace() {
    float[] face = turned(20, 5);
    float[] larger = face.clone();
    for (int at = 0; at < larger.length; at++) {
      larger[at] *= 4;
    }
    List<FacePart> small = FaceParts.of(MESH, face, WIDTH, HEIGHT);
    List<FacePart> large = FaceParts.of(MESH, larger, 4 * WIDTH, 4 * HEIGHT);
    assertThat(area(large, 4 * WIDTH * 4 * HEIGHT))
        .isCloseTo(
            16 * area(small, WIDTH * HEIGHT), within(0.01 * area(large, 16 * WIDTH * HEIGHT)));
  }

  @Test
  void aFaceBesideTheFrameHasEmptyMasks() {
    float[] beside = turned(0, 0);
    for (int at = 0; at < beside.length; at += 3) {
      beside[at] -= 2 * WIDTH;
    }
    assertThat(FaceParts.of(MESH, beside, WIDTH, HEIGHT))
        .hasSize(FaceParts.NAMES.size())
        .allMatch(part -> MaskReader.inside(part.rle(), WIDTH * HEIGHT).length == 0);
    assertThat(FaceParts.of(MESH, turned(0, 0), 0, 0)).extracting(FacePart::rle).containsOnly("0");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteHasNoParts(float number) {
    for (int axis = 0; axis < MeshTopology.AXES; axis++) {
      float[] face = turned(0, 0);
      face[30 + axis] = number;
      assertThat(FaceParts.of(MESH, face, WIDTH, HEIGHT)).isEmpty();
    }
  }

  @Test
  void whatIsOfNoKnownMeshHasNoParts() {
    assertThat(FaceParts.of("Mesh68", new float[204], WIDTH, HEIGHT)).isEmpty();
    assertThat(FaceParts.of(MESH, new float[204], WIDTH, HEIGHT)).isEmpty();
    assertThat(FaceParts.of(MESH, new float[0], WIDTH, HEIGHT)).isEmpty();
  }

  /** Each would be hundreds of layers over 400 million pixels, if it were drawn to the end. */
  @ParameterizedTest
  @ValueSource(floats = {1, 1e3f, 1e20f, 3e38f})
  void crumpledMeshesAreGivenUp(float size) {
    Random random = new Random(7);
    float[] crumpled = new float[MeshTopology.FACE_MESH.vertices() * MeshTopology.AXES];
    for (int at = 0; at < crumpled.length; at++) {
      crumpled[at] = 10_000 + size * 20_000 * (random.nextFloat() - 0.5f);
    }
    assertThat(FaceParts.of(MESH, crumpled, 20_000, 20_000)).isEmpty();
  }

  private static Map<String, boolean[]> parts(double yaw, double pitch) {
    return drawn(turned(yaw, pitch));
  }

  private static Map<String, boolean[]> drawn(float[] vertices) {
    Map<String, boolean[]> masks = new HashMap<>();
    for (FacePart part : FaceParts.of(MESH, vertices, WIDTH, HEIGHT)) {
      boolean[] mask = new boolean[WIDTH * HEIGHT];
      long[] inside = MaskReader.inside(part.rle(), mask.length);
      for (int run = 0; run < inside.length; run += 2) {
        Arrays.fill(mask, (int) inside[run], (int) inside[run + 1], true);
      }
      masks.put(part.part(), mask);
    }
    return masks;
  }

  /** The canonical face, turned about the axes of the image by degrees. */
  private static float[] turned(double yaw, double pitch) {
    float[] vertices = CanonicalFace.of(MESH).orElseThrow().vertices();
    double aside = Math.toRadians(yaw);
    double up = Math.toRadians(pitch);
    for (int at = 0; at < vertices.length; at += MeshTopology.AXES) {
      double x = vertices[at] * Math.cos(aside) - vertices[at + 2] * Math.sin(aside);
      double back = vertices[at] * Math.sin(aside) + vertices[at + 2] * Math.cos(aside);
      double y = vertices[at + 1] * Math.cos(up) + back * Math.sin(up);
      double z = back * Math.cos(up) - vertices[at + 1] * Math.sin(up);
      vertices[at] = (float) (WIDTH / 2.0 + 13 * x);
      vertices[at + 1] = (float) (HEIGHT / 2.0 + 13 * y);
      vertices[at + 2] = (float) (13 * z);
    }
    return vertices;
  }

  private static float[] mirrored(float[] vertices) {
    float[] mirrored = new float[vertices.length];
    for (int vertex = 0; vertex < MeshTopology.FACE_MESH.vertices(); vertex++) {
      int to = MeshTopology.FACE_MESH.mirror().get(vertex) * MeshTopology.AXES;
      System.arraycopy(vertices, vertex * MeshTopology.AXES, mirrored, to, MeshTopology.AXES);
      mirrored[to] = WIDTH - mirrored[to];
    }
    return mirrored;
  }

  private static double area(boolean[] mask) {
    int area = 0;
    for (boolean pixel : mask) {
      area += pixel ? 1 : 0;
    }
    return area;
  }

  private static double area(List<FacePart> parts, long pixels) {
    return parts.stream()
        .map(part -> MaskReader.inside(part.rle(), pixels))
        .flatMap(
            inside ->
                Stream.iterate(0, run -> run < inside.length, run -> run + 2)
                    .map(run -> inside[run + 1] - inside[run]))
        .mapToLong(Long::longValue)
        .sum();
  }

  private static double[] centre(boolean[] mask) {
    double[] sum = new double[2];
    for (int at = 0; at < mask.length; at++) {
      if (mask[at]) {
        int column = at / HEIGHT;
        sum[0] += column + 0.5;
        sum[1] += at % HEIGHT + 0.5;
      }
    }
    return new double[] {sum[0] / area(mask), sum[1] / area(mask)};
  }

  private static double x(Map<String, double[]> centres, String part) {
    return of(part, centres)[0];
  }

  private static <T> T of(String part, Map<String, T> each) {
    return Objects.requireNonNull(each.get(part), part);
  }
}
