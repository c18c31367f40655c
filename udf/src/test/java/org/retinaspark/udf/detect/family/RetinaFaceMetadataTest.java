package org.retinaspark.udf.detect.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.MeshTopology;

final class RetinaFaceMetadataTest {

  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll("families") RetinaFaceFamily family) {
    assertThat(RetinaFaceMetadata.read(RetinaFaceMetadata.of(family))).isEqualTo(family);
  }

  @Property(tries = 300)
  void anyTextIsReadOrRefusedWithItsKey(@ForAll String text) {
    for (String key : List.of("anchors", "variances", "stages", "match", "mesh", "mirror.Two")) {
      Map<String, String> entries = entries();
      entries.put("retinaspark." + key, text);
      try {
        RetinaFaceMetadata.read(entries);
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).matches("[^\\p{Cc}]*").hasSizeLessThan(400);
      }
    }
  }

  @Example
  void textIsAsDocumented() {
    assertThat(entries())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "retinaspark.family", "retinaface",
                "retinaspark.anchors", "4:16,20.158737;8:32,40.317474",
                "retinaspark.variances", "0.1,0.2,0.1",
                "retinaspark.stages", "2",
                "retinaspark.match", "0.7/0.3,0.5/0.4",
                "retinaspark.mesh", "Two:2;Mesh1k:1103",
                "retinaspark.mirror.Two", "1,0"));
  }

  @Example
  void whatIsMissingIsNamed() {
    Map<String, String> entries = entries();
    entries.remove("retinaspark.anchors");
    entries.remove("retinaspark.match");
    assertThatThrownBy(() -> RetinaFaceMetadata.read(entries))
        .hasMessage(
            "its metadata lacks retinaspark.anchors, retinaspark.match, without which outputs of"
                + " the family 'retinaface' can't be decoded");
  }

  @Example
  void whatCannotBeMeantIsNamed() {
    assertRefused("anchors", "4:16,NaN", "= '4:16,NaN', but that must be 'stride:size,size' of");
    assertRefused("anchors", "4:16,1e3", "but that must be 'stride:size,size' of each level");
    assertRefused("anchors", "8:16;4:32", "= '8:16;4:32': the anchors must have 1 to 8 levels");
    assertRefused("anchors", "", "= '', but that must be");
    assertRefused("anchors", "4:16".repeat(300_000), "4:164:164:164:16...', but that must be");
    assertRefused("variances", "0.1,0.2", "= '0.1,0.2', but that must be three numbers");
    assertRefused("variances", "0.1,0,0.1", "variances are 0.1, 0.0 and 0.1, but must be positive");
    assertRefused("stages", "3", "= '3', but that must be 1 or 2");
    assertRefused("stages", "1", "= '1', but retinaspark.match has thresholds of 2");
    assertRefused("match", "0.3/0.7,0.5/0.4", "= '0.3/0.7,0.5/0.4': anchors match from");
    assertRefused("mesh", "Two:2;Two:2", "= 'Two:2;Two:2': the meshes");
    assertRefused("mesh", "Two:2;Big:999999", "mesh 'Big' has 999999 vertices, but must have 1 to");
    assertRefused("mesh", "a\nb:2", "= 'a?b:2': the name of a mesh must start with a letter");
    assertRefused("mirror.Two", "1,1", "= '1,1': the mirror table of mesh 'Two' must give");
    assertRefused("mirror.Six", "1,0", "mirror.Six, but retinaspark.mesh tells of no mesh of that");
  }

  private static void assertRefused(String key, String text, String message) {
    Map<String, String> entries = entries();
    entries.put("retinaspark." + key, text);
    assertThatThrownBy(() -> RetinaFaceMetadata.read(entries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("its metadata says retinaspark." + key)
        .hasMessageContaining(message);
  }

  private static Map<String, String> entries() {
    return new HashMap<>(
        RetinaFaceMetadata.of(
            new RetinaFaceFamily(
                List.of(
                    new AnchorLevel(4, List.of(16f, 20.158737f)),
                    new AnchorLevel(8, List.of(32f, 40.317474f))),
                Variances.USUAL,
                List.of(MatchThresholds.FIRST_STAGE, MatchThresholds.SECOND_STAGE),
                List.of(
                    new MeshTopology("Two", 2, List.of(1, 0)),
                    new MeshTopology("Mesh1k", 1103, List.of())))));
  }

  @Provide
  Arbitrary<RetinaFaceFamily> families() {
    Arbitrary<List<AnchorLevel>> levels =
        floats(0.001f, 65_536)
            .list()
            .ofMinSize(1)
            .ofMaxSize(16)
            .list()
            .ofMinSize(1)
            .ofMaxSize(8)
            .map(RetinaFaceMetadataTest::levels);
    Arbitrary<Float> positive = floats(Float.MIN_VALUE, Float.MAX_VALUE);
    Arbitrary<Variances> variances =
        Combinators.combine(positive, positive, positive).as(Variances::new);
    Arbitrary<Float> share = floats(0, 1);
    Arbitrary<List<MatchThresholds>> stages =
        Combinators.combine(share, share)
            .as((one, other) -> new MatchThresholds(Math.max(one, other), Math.min(one, other)))
            .list()
            .ofMinSize(1)
            .ofMaxSize(2);
    Arbitrary<List<MeshTopology>> meshes =
        Combinators.combine(
                Arbitraries.strings().withCharRange('a', 'z').withChars("_-09").ofMaxLength(20),
                Arbitraries.integers().between(1, 50),
                Arbitraries.of(true, false))
            .as((name, vertices, known) -> mesh("m" + name, vertices, known))
            .list()
            .uniqueElements(MeshTopology::name)
            .ofMaxSize(8);
    return Combinators.combine(levels, variances, stages, meshes).as(RetinaFaceFamily::new);
  }

  /** All floats between, not only those of two decimals. */
  private static Arbitrary<Float> floats(float least, float most) {
    return Arbitraries.integers()
        .between(Float.floatToIntBits(least), Float.floatToIntBits(most))
        .map(Float::intBitsToFloat);
  }

  private static List<AnchorLevel> levels(List<List<Float>> sizes) {
    List<AnchorLevel> levels = new ArrayList<>();
    for (int level = 0; level < sizes.size(); level++) {
      levels.add(new AnchorLevel(4 << level, sizes.get(level)));
    }
    return levels;
  }

  /** Swaps the first vertex with the last, the second with the last but one, and so on. */
  private static MeshTopology mesh(String name, int vertices, boolean known) {
    List<Integer> mirror = new ArrayList<>();
    for (int vertex = 0; known && vertex < vertices; vertex++) {
      mirror.add(vertices - 1 - vertex);
    }
    return new MeshTopology(name, vertices, mirror);
  }
}
