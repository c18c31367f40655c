package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.dense.MeshModel;
import org.retinaspark.udf.dense.MeshNetworks;
import org.retinaspark.udf.dense.MeshRecognition;
import org.retinaspark.udf.detect.family.ScrfdFamily;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.TinyCascade;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.pipeline.FaceDetails;

/** What each pair of models can tell of a face, and what it does tell where nobody asked. */
class DetailPlanTest {

  private static final String NONE = "-";
  private static final String MODELS_CHOOSE = "";

  private static final ModelDescription POINTS = detector(TinyModels.pytorchFamily());
  private static final ModelDescription MESHES = detector(TinyCascade.cascade());

  @Test
  void aDetectorAloneTellsNothingMoreUnlessAsked() {
    assertThat(plan(MODELS_CHOOSE, POINTS, NONE).kinds()).isEmpty();
    assertThat(told(plan("pose", POINTS, NONE))).isEqualTo(Map.of("pose", "of the five points"));
    assertThat(plan("none", MESHES, "facemesh").kinds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "points | facemesh | the mesh model's, FaceMesh468 | of FaceMesh468 | of the mesh"
            + " FaceMesh468",
        "points | dense68  | the mesh model's, Mesh68      | the mesh model's | of the 68 points",
        "points | points68 | -                             | the mesh model's | of the 68 points",
        "meshes | -        | the detector's, Dense         | the detector's | of the 68 points",
        "meshes | facemesh | the mesh model's, FaceMesh468 | the detector's | of the mesh"
            + " FaceMesh468",
        "meshes | points68 | the detector's, Dense         | the mesh model's | of the 68 points",
      })
  void theSecondNetworkComesBeforeTheDetector(
      String detector, String second, String mesh, String landmarks68, String pose) {
    Map<String, String> told =
        told(plan(MODELS_CHOOSE, detector.equals("points") ? POINTS : MESHES, second));

    if (mesh.equals(NONE)) {
      assertThat(told).doesNotContainKey("mesh");
    } else {
      assertThat(told).containsEntry("mesh", mesh);
    }
    assertThat(told).doesNotContainKey("parts");
    assertThat(told.get("landmarks68")).startsWith(landmarks68);
    assertThat(told.get("pose")).startsWith(pose).endsWith(", else of the five points");
  }

  @Test
  void onlyWhatNoNetworkGivesIsComputed() {
    Set<FaceDetails.Kind> all = EnumSet.allOf(FaceDetails.Kind.class);

    assertThat(DetailPlan.of(Optional.of(all), POINTS, Optional.of(second("facemesh"))).derived())
        .containsExactlyInAnyOrder(
            FaceDetails.Kind.LANDMARKS68, FaceDetails.Kind.POSE, FaceDetails.Kind.PARTS);
    assertThat(plan("mesh,landmarks68", MESHES, NONE).derived()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mesh        | -        | --details has 'mesh', but no model gives a mesh (--model is"
            + " 'detector.onnx', and there is no --mesh-model): nothing was read. Give --mesh-model"
            + " mediapipe-face-mesh, or leave 'mesh' out",
        "mesh        | points68 | no model gives a mesh (--model is 'detector.onnx', --mesh-model"
            + " is 'points68.onnx': PFLD",
        "landmarks68 | -        | no model gives 68 points, or a mesh that has them",
        "pose,parts  | -        | 'parts', but no model gives a mesh",
        "parts       | dense68  | nobody knows the parts of mesh Mesh68",
      })
  void whatCantBeToldIsRefused(String asked, String second, String message) {
    assertThatThrownBy(() -> plan(asked, POINTS, second))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void boxesAloneTellNoPose() {
    ModelDescription boxes =
        new ModelDescription(
            POINTS.name(),
            POINTS.sha256(),
            POINTS.origin(),
            new ScrfdFamily(0),
            POINTS.format(),
            POINTS.input(),
            POINTS.size(),
            POINTS.outputs());

    assertThatThrownBy(() -> plan("pose", boxes, NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'pose', but no model gives a mesh, 68 points or five");
    assertThat(told(plan("pose", boxes, "facemesh")))
        .isEqualTo(Map.of("pose", "of the mesh FaceMesh468 where its score is at least 0.5"));
  }

  @Test
  void whatIsDerivedSaysOfWhichMeshes() {
    Map<String, String> told = told(plan("landmarks68,pose,parts", POINTS, "facemesh"));

    assertThat(told.get("landmarks68")).endsWith(" where its score is at least 0.5");
    assertThat(told)
        .containsEntry(
            "pose",
            "of the mesh FaceMesh468 where its score is at least 0.5, else of the five points")
        .containsEntry("parts", "of the mesh FaceMesh468 where its score is at least 0.5");
  }

  private static DetailPlan plan(String asked, ModelDescription detector, String second) {
    DetailOptions options =
        asked.equals(MODELS_CHOOSE)
            ? new DetailOptions()
            : DetectConfigs.of(Path.of("i"), Path.of("o"), Path.of("m"), "--details", asked)
                .details();
    return DetailPlan.of(
        options.asked(),
        detector,
        second.equals(NONE) ? Optional.empty() : Optional.of(second(second)));
  }

  private static Map<String, String> told(DetailPlan plan) {
    Map<String, String> told = new LinkedHashMap<>();
    plan.sources().forEach((kind, source) -> told.put(DetailOptions.label(kind), source.told()));
    return told;
  }

  private static ModelDescription detector(byte[] onnx) {
    return ModelRecognition.describe(onnx, "detector.onnx", RecognitionOptions.BY_FILE);
  }

  private static MeshModel second(String kind) {
    byte[] onnx =
        switch (kind) {
          case "facemesh" -> MeshNetworks.faceMesh("batch");
          case "dense68" -> MeshNetworks.dense68("batch");
          default -> MeshNetworks.points68("batch");
        };
    return MeshRecognition.describe(onnx, kind + ".onnx");
  }
}
