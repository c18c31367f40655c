package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.Protocol;

/** The rules of a protocol are part of what a run goes on with. */
class RunSettingsTest {

  @Test
  void rulesAreWrittenInWords() {
    JsonNode rules = settings(Protocol.PYRAMID).json().path("rules");

    assertThat(rules.path("merge").asText()).isEqualTo("vote");
    assertThat(rules.path("inputs"))
        .hasSize(10)
        .extracting(JsonNode::asText)
        .contains(
            "short side 800, long side at most 1200, times 0.625",
            "short side 800, long side at most 1200, times 0.625, mirrored");
  }

  @Test
  void aRunGoesOnByTheSameRules() {
    for (Protocol protocol : Protocol.KNOWN) {
      RunSettings settings = settings(protocol);
      assertThatCode(() -> settings.requireSame(settings.json(), "out")).doesNotThrowAnyException();
    }
  }

  @Test
  void aProtocolOfOneNameAndOtherRulesIsAnother() {
    Protocol changed = new Protocol("mxnet", Protocol.VGA.inputs(), Protocol.PYRAMID.merge());
    JsonNode earlier = settings(Protocol.MXNET).json();

    assertThatThrownBy(() -> settings(changed).requireSame(earlier, "out"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "--protocol (inputs) was [\"short side 1600, long side at most 2150\"], is [\"long side"
                + " 640\"]; --protocol (merge) was nms, is vote");
  }

  @Test
  void rowsOfBeforeTheRulesWereNotedGoOnIfNothingWasResized() {
    ObjectNode original = withoutRules(Protocol.ORIGINAL);
    ObjectNode resized = withoutRules(Protocol.VGA);

    assertThatCode(() -> settings(Protocol.ORIGINAL).requireSame(original, "out"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> settings(Protocol.VGA).requireSame(original, "out"))
        .hasMessageContaining("--protocol was original, is vga)");
    assertThatThrownBy(() -> settings(Protocol.VGA).requireSame(resized, "out"))
        .hasMessageContaining(
            "(--protocol (inputs) was not given, is [\"long side 640\"]; --protocol (merge) was not"
                + " given, is nms)");
  }

  @Test
  void runsWithoutDetailsAreAsBeforeThereWereAny() {
    RunSettings settings = settings(Protocol.ORIGINAL);

    assertThat(settings.json().has("details")).isFalse();
    assertThatThrownBy(() -> with(32).requireSame(settings.json(), "out"))
        .hasMessageContaining(
            "(--details (mesh) was not given, is the mesh model's, M; --mesh-model (SHA-256) was not"
                + " given, is 1;")
        .hasMessageContaining("; --mesh-min-face was not given, is 32.0;");
    assertThatThrownBy(() -> settings.requireSame(with(32).json(), "out"))
        .hasMessageContaining("--details (mesh) was the mesh model's, M, is not given;");
  }

  @Test
  void aRunGoesOnWithTheSameDetailsOnly() {
    JsonNode earlier = with(32).json();

    assertThatCode(() -> with(32).requireSame(earlier, "out")).doesNotThrowAnyException();
    assertThatThrownBy(() -> with(48).requireSame(earlier, "out"))
        .hasMessageContaining("(--mesh-min-face was 32.0, is 48.0)");
  }

  @Test
  void damagedDetailsAreNone() {
    ObjectNode earlier = settings(Protocol.ORIGINAL).json().deepCopy();
    earlier.put("details", 5);

    assertThatThrownBy(() -> settings(Protocol.ORIGINAL).requireSame(earlier, "out"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the _run.json of the rows at 'out' is damaged");
  }

  private static RunSettings with(double smallestFace) {
    RunSettings none = settings(Protocol.ORIGINAL);
    return new RunSettings(
        none.run(),
        none.application(),
        none.input(),
        none.columns(),
        none.model(),
        none.providers(),
        none.rules(),
        none.options(),
        new RecordedDetails(
            Map.of("mesh", "the mesh model's, M"),
            new RecordedDetails.Network(
                "m.onnx", "1", "facemesh", "a square", "1", null, smallestFace, 0.5),
            null),
        Map.of(),
        null);
  }

  private static ObjectNode withoutRules(Protocol protocol) {
    ObjectNode settings = settings(protocol).json().deepCopy();
    settings.remove("rules");
    return settings;
  }

  private static RunSettings settings(Protocol protocol) {
    return new RunSettings(
        "run",
        "application",
        List.of("in"),
        List.of("image"),
        new RunSettings.Model("m", "0", "pytorch", Map.of(), "m.onnx", null),
        List.of("CPUExecutionProvider"),
        RunSettings.Rules.of(protocol),
        Map.of("protocol", protocol.label()),
        null,
        Map.of(),
        null);
  }
}
