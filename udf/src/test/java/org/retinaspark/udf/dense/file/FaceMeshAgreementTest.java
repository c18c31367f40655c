package org.retinaspark.udf.dense.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.runtime.TrialSession;

/** MediaPipe's own file, translated here, beside the same network that tf2onnx made ONNX. */
class FaceMeshAgreementTest {

  /** A thousandth of the crop, of vertices in its pixels. */
  private static final float THOUSANDTH = 192 * 1e-3f;

  @Test
  void translatedFileGivesWhatTheOtherGives() throws IOException {
    Path shared = Path.of(System.getProperty("retinaspark.shared", "absent"));
    Path reference = shared.resolve("models/mediapipe_face_landmark_468.onnx");
    assumeThat(reference).as("no reference data").exists();
    Path fetched = cache().resolve("mediapipe-face-mesh.tflite");
    assumeThat(fetched).as("not fetched: deploy/fetch-assets --mesh brings it").exists();
    byte[] content = Files.readAllBytes(fetched);
    assertThat(KnownModel.fetched(KnownModel.MESH).orElseThrow().sha256())
        .isEqualTo(OnnxFile.sha256(content));
    MeshImport ours = MeshImport.of(content, "ours");
    MeshImport theirs = MeshImport.of(Files.readAllBytes(reference), "theirs");
    List<FloatBuffer> expected = outputs(theirs);
    List<FloatBuffer> actual = outputs(ours);
    for (int index = 0; index < 2; index++) {
      assertThat(MeshTrial.stands(expected.get(index), actual.get(index), 0, THOUSANDTH)).isTrue();
      assertThat(actual.get(index).limit()).isEqualTo(expected.get(index).limit());
    }
  }

  private static List<FloatBuffer> outputs(MeshImport imported) {
    try (TrialSession session = TrialSession.open(imported.onnx())) {
      return new MeshTrial(session, imported.model()).outputs(1, 2, 3);
    }
  }

  private static Path cache() {
    String own = System.getenv("RETINASPARK_CACHE");
    return own != null
        ? Path.of(own)
        : Path.of(Objects.requireNonNull(System.getProperty("user.home")), ".cache", "retinaspark");
  }
}
