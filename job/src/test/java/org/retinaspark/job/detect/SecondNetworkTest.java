package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.crop.CanonicalFace;
import org.retinaspark.udf.dense.MeshNetworks;

/** {@code --mesh-model} from files to Parquet, with a network that sees the same face in all. */
class SecondNetworkTest {

  /** Side of the crop of a square, in pixels of the image. */
  private static final double CROP = 1.3 * Photos.SQUARE;

  /** Crop pixels a centimetre of the canonical face. */
  private static final float ZOOM = 8;

  private static final float[] FACE = CanonicalFace.of("FaceMesh468").orElseThrow().vertices();

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private Path photos;
  private Path detector;
  private Path mesh;

  @BeforeEach
  void prepare() throws IOException {
    photos = folder.resolve("photos");
    for (int photo = 0; photo < 4; photo++) {
      Photos.write(photos.resolve(photo + ".png"), photo);
    }
    detector = Photos.model(folder.resolve("tiny.onnx"));
    mesh = folder.resolve("mesh.onnx");
    Files.write(mesh, MeshNetworks.faceMesh("batch", inCrop(), "Identity"));
  }

  @Test
  void anImageThatCantBeDecodedIsAFailedRow() throws IOException {
    Files.writeString(photos.resolve("broken.png"), "no image");

    Dataset<Row> table = withMesh("--mesh-min-face", "16");

    assertThat(table.count()).isEqualTo(5);
    assertThat(table.filter("status = 'failed' and image = 'broken.png'").count()).isEqualTo(1);
  }

  @Test
  void facesHaveMeshPointsAndPose() throws IOException {
    List<Row> rows = withMesh("--mesh-min-face", "16").orderBy("image").collectAsList();

    for (int photo = 0; photo < 4; photo++) {
      List<Row> faces = rows.get(photo).getList(rows.get(photo).fieldIndex("faces"));
      assertThat(faces).hasSize(photo);
      for (Row face : faces) {
        assertThat(face.schema().fieldNames()).contains("mesh").doesNotContain("parts");
        Row found = face.getAs("mesh");
        assertThat(found.<String>getAs("topology")).isEqualTo("FaceMesh468");
        double seen = Photos.SQUARE * Photos.SQUARE / (CROP * CROP);
        assertThat(found.<Float>getAs("score"))
            .isCloseTo((float) (1 / (1 + Math.exp(-seen))), within(0.02f));
        assertInPlace(found.getList(found.fieldIndex("vertices")), face.getAs("box"));
        assertThat(face.getList(face.fieldIndex("landmarks68"))).hasSize(136);
        Row pose = face.getAs("pose");
        assertThat(pose.<String>getAs("source")).isEqualTo("mesh");
        for (int angle = 0; angle < 3; angle++) {
          assertThat(pose.getFloat(angle)).isCloseTo(0, within(0.5f));
        }
      }
    }
  }

  @Test
  void facesThatAreTooSmallHaveNoMeshButTheirPose() throws IOException {
    Row face =
        withMesh("--mesh-min-face", "33", "--layout", "faces", "--details", "mesh,pose,parts")
            .filter("index = 0")
            .first();

    for (String column : List.of("mesh_topology", "mesh_score", "mesh_vertices", "parts")) {
      assertThat(face.isNullAt(face.fieldIndex(column))).as(column).isTrue();
    }
    assertThat(face.schema().fieldNames()).doesNotContain("landmarks68");
    assertThat(face.<String>getAs("pose_source")).isEqualTo("points");
  }

  @Test
  void onlyWhatIsAskedForIsWritten() throws IOException {
    Dataset<Row> pose = withMesh("--mesh-min-face", "16", "--details", "pose");

    assertThat(pose.selectExpr("inline(faces)").columns())
        .contains("pose")
        .doesNotContain("mesh", "landmarks68");
    assertThat(pose.selectExpr("inline(faces)").filter("pose.source = 'mesh'").count())
        .isEqualTo(6);
    assertThat(run().at("/details/meshModel/name").asText()).isEqualTo("mesh.onnx");
  }

  @Test
  void poseNeedsNoSecondNetwork() throws IOException {
    Dataset<Row> pose = detect("--details", "pose").selectExpr("inline(faces)");

    assertThat(pose.filter("pose.source = 'points'").count()).isEqualTo(6);
    assertThat(pose.columns()).doesNotContain("mesh", "landmarks68");
    assertThat(run().path("details").toString())
        .isEqualTo(
            "{\"columns\":{\"pose\":\"of the five points\"},"
                + "\"limits\":{\"minFace\":32.0,\"minScore\":0.5}}");
  }

  @Test
  void aNetworkOfOneCropARunServesSharedBatches() throws IOException {
    Files.write(mesh, MeshNetworks.faceMesh("1", inCrop(), "Identity"));

    Dataset<Row> faces =
        withMesh("--mesh-min-face", "16", "--batching", "shared").selectExpr("inline(faces)");

    assertThat(faces.filter("size(mesh.vertices) = 1404").count()).isEqualTo(6);
  }

  @Test
  void theRunSaysWhatMadeWhat() throws IOException {
    withMesh("--mesh-min-face", "16");

    JsonNode details = run().path("details");
    assertThat(details.at("/columns/mesh").asText()).isEqualTo("the mesh model's, FaceMesh468");
    assertThat(details.at("/columns/landmarks68").asText()).startsWith("of FaceMesh468, ");
    assertThat(details.at("/meshModel/sha256").asText()).hasSize(64);
    assertThat(details.at("/meshModel/minFace").asDouble()).isEqualTo(16);
    assertThat(details.at("/meshModel/minScore").asDouble()).isEqualTo(0.5);
    assertThat(run().path("options").has("details")).isFalse();
  }

  @Test
  void aRunGoesOnWithTheSameNetworkOnly() throws IOException {
    withMesh();
    withMesh("--resume");

    assertThatThrownBy(() -> withMesh("--resume", "--details", "pose"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--details (mesh) was the mesh model's, FaceMesh468, is not given;");
    assertThatThrownBy(() -> detect("--resume"))
        .hasMessageContaining("--mesh-min-face was 32.0, is not given;");
    Files.write(mesh, MeshNetworks.faceMesh("batch"));
    assertThatThrownBy(() -> withMesh("--resume"))
        .hasMessageContaining("(--mesh-model (SHA-256) was ");
  }

  @Test
  void modelsInEachOthersPlaceAreToldApart() throws IOException {
    assertThatThrownBy(() -> detect("--mesh-model", detector.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("model 'tiny.onnx' looks for faces in images (family pytorch)")
        .hasMessageContaining("Give it with --model");
    Path lite = Files.writeString(folder.resolve("mesh.tflite"), "\0\0\0\0TFL3\0\0\0\0");
    assertThatThrownBy(() -> detect("--mesh-model", lite.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("mesh.tflite -o OUT.onnx'");
    detector = mesh;
    assertThatThrownBy(() -> detect())
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("model 'mesh.onnx' finds no faces in images")
        .hasMessageContaining("Give it with --mesh-model");
    assertThat(folder.resolve("table")).doesNotExist();
  }

  @Test
  void whatCantBeToldIsRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> detect("--details", "mesh"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no model gives a mesh");
    assertThatThrownBy(() -> detect("--mesh-model", "absent.onnx"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--mesh-model 'absent.onnx' is not there: nothing was done");
    assertThat(folder.resolve("table")).doesNotExist();
  }

  private Dataset<Row> withMesh(String... more) throws IOException {
    String[] all = new String[more.length + 2];
    all[0] = "--mesh-model";
    all[1] = mesh.toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return detect(all);
  }

  private Dataset<Row> detect(String... more) throws IOException {
    Path output = folder.resolve("table");
    DetectConfig config = DetectConfigs.of(photos, output, detector, more);
    new DetectAction(spark, config, new PrintWriter(Writer.nullWriter())).execute();
    return spark.read().parquet(output.toString());
  }

  private JsonNode run() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("table/_run.json").toFile());
  }

  /** The canonical face in the middle of the crop, seen from the front. */
  private static float[] inCrop() {
    float[] points = new float[FACE.length];
    for (int at = 0; at < FACE.length; at++) {
      points[at] = ZOOM * FACE[at] + (at % 3 == 2 ? 0 : 96);
    }
    return points;
  }

  private static void assertInPlace(List<Float> vertices, Row box) {
    assertThat(vertices).hasSize(FACE.length);
    double[] centre = {
      (box.getFloat(0) + box.getFloat(2)) / 2, (box.getFloat(1) + box.getFloat(3)) / 2, 0
    };
    for (int at = 0; at < FACE.length; at++) {
      double expected = centre[at % 3] + ZOOM * FACE[at] * CROP / 192;
      assertThat((double) vertices.get(at)).isCloseTo(expected, within(0.01));
    }
  }
}
