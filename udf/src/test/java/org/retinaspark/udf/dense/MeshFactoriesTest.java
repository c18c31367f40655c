package org.retinaspark.udf.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.pipeline.FaceDetails.Kind;

/** What travels to the executors, and what it promises. */
class MeshFactoriesTest {

  @Test
  void modelsAndFactoriesTravel() throws IOException, ClassNotFoundException {
    for (byte[] onnx :
        new byte[][] {
          MeshNetworks.faceMesh("batch"), MeshNetworks.dense68("1"), MeshNetworks.points68("1")
        }) {
      MeshStationFactory factory = MeshStationTest.factory(onnx, new MeshLimits(48, 0.25));

      MeshStationFactory arrived = (MeshStationFactory) travelled(factory);

      assertThat(arrived.model()).isEqualTo(factory.model());
      assertThat(arrived.session()).isEqualTo(factory.session());
      assertThat(arrived.limits()).isEqualTo(new MeshLimits(48, 0.25));
      assertThat(arrived.bytes().get()).isEqualTo(onnx);
    }
    GeometryStationFactory geometry =
        new GeometryStationFactory(Set.of(Kind.POSE, Kind.PARTS), 0.5);
    assertThat(travelled(geometry)).isEqualTo(geometry);
    MeshSelection selection = new MeshSelection(new MeshLimits(48, 0.25));
    assertThat(travelled(selection)).isEqualTo(selection);
  }

  @Test
  void networksFillWhatTheyGiveThemselves() {
    assertThat(fills(MeshNetworks.faceMesh("1"))).containsExactly(Kind.MESH);
    assertThat(fills(MeshNetworks.dense68("1"))).containsExactly(Kind.MESH, Kind.LANDMARKS68);
    assertThat(fills(MeshNetworks.points68("1"))).containsExactly(Kind.LANDMARKS68);
  }

  @Test
  void limitsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new MeshLimits(-1, 0.5))
        .hasMessage("--mesh-min-face is -1.0, but must be a number of pixels, at least 0");
    assertThatThrownBy(() -> new MeshLimits(Double.NaN, 0.5))
        .hasMessageContaining("--mesh-min-face is NaN");
    assertThatThrownBy(() -> new MeshLimits(32, 1.5))
        .hasMessage("--mesh-min-score is 1.5, but must be from 0 to 1");
    assertThatThrownBy(() -> new MeshLimits(32, Double.NaN))
        .hasMessageContaining("--mesh-min-score is NaN");
  }

  @Test
  void aModelSaysWhatItIs() {
    String text = MeshRecognition.describe(MeshNetworks.faceMesh("batch"), "a.onnx").text();

    assertThat(text)
        .contains("family         facemesh: MediaPipe Face Mesh")
        .contains("the score's logit (no sigmoid ends its graph)")
        .contains("mesh           FaceMesh468 of 468 vertices, with mirror table")
        .contains("crop           a square of 1.3 longer sides of the box, turned by the line of")
        .contains("batch          any");
  }

  private static Set<Kind> fills(byte[] onnx) {
    return MeshStationTest.factory(onnx, MeshLimits.DEFAULT).fills();
  }

  private static Object travelled(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
