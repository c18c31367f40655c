package org.retinaspark.udf.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.detect.AnchorLevel;

class ArchitectureChecksTest {

  private static final List<AnchorLevel> LEVELS =
      List.of(new AnchorLevel(8, List.of(16f)), new AnchorLevel(16, List.of(64f)));

  static Stream<Arguments> impossible() {
    AnchorLevel two = new AnchorLevel(16, List.of(64f, 128f));
    AnchorLevel coarse = new AnchorLevel(32, List.of(256f));
    Mesh mesh = new Mesh("one", 5, 0);
    return Stream.of(
        Arguments.of(List.of(), 64, 1, List.of(), "begins at a stride of 4, 8, 16 or 32"),
        Arguments.of(List.of(LEVELS.get(0), coarse), 64, 1, List.of(), "double from level to"),
        Arguments.of(List.of(LEVELS.get(0), two), 64, 1, List.of(), "one head can't serve levels"),
        Arguments.of(LEVELS, 66, 1, List.of(), "66 channels: it has to be a multiple of 4"),
        Arguments.of(LEVELS, 64, 3, List.of(), "3 stages: a cascade has 1 or 2"),
        Arguments.of(LEVELS, 64, 1, List.of(mesh, mesh), "each with a name of its own"),
        Arguments.of(
            LEVELS,
            64,
            1,
            List.of(new Mesh("huge", 100_000, 300_000)),
            "meshes of 90019200000 numbers: they can have 268435456 at most"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void whatCannotBeBuiltIsRefused(
      List<AnchorLevel> anchors, int channels, int stages, List<Mesh> meshes, String message) {
    assertThatThrownBy(
            () ->
                new Architecture(
                    Backbone.RESNET_50,
                    anchors,
                    channels,
                    Sampling.REGULAR,
                    HeadWeights.SHARED,
                    stages,
                    meshes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "Mesh68, is not NAME:VERTICES",
    "Mesh68:many, is not NAME:VERTICES",
    "a:5:1:2, is not NAME:VERTICES",
    "a:0, '0 vertices, but must have 1'",
    "9:5, must start with a letter",
    "a:5:16, 'basis of 16, but it must be 0, for none, to 15'"
  })
  void meshesThatCannotBeMeantAreRefused(String text, String message) {
    assertThatThrownBy(() -> Mesh.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyTensorIsAskedForOnce() {
    RandomParameters random = new RandomParameters(1);
    for (Backbone backbone : Backbone.values()) {
      List<String> names = new ArrayList<>();
      Parameters recording =
          (name, shape) -> {
            names.add(name);
            int length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            return length < 1000 ? random.tensor(name, shape) : new float[length];
          };
      RetinaFaceNetwork.onnx(
          Architecture.paper(backbone, List.of(new Mesh("a", 5, 0), new Mesh("b", 5, 2))),
          recording);
      assertThat(names).doesNotHaveDuplicates().contains("backbone.stem.conv.weight");
    }
  }
}
