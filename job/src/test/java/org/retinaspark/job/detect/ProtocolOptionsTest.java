package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.options.DeclaredOptions;
import org.retinaspark.udf.detect.BoxVoting;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InputRule;
import org.retinaspark.udf.detect.NonMaximumSuppression;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Scale;
import org.retinaspark.udf.detect.SoftNonMaximumSuppression;

/** The options as they are given on the command line. */
class ProtocolOptionsTest {

  @Test
  void knownProtocolsAreFoundByNameWhateverItsCase() {
    assertThat(protocol("")).isSameAs(Protocol.ORIGINAL);
    assertThat(protocol("--protocol Pyramid")).isSameAs(Protocol.PYRAMID);
    assertThat(deciding("--protocol MXNET")).contains("protocol=mxnet");
  }

  @Test
  void shortSideIsLimitedAsThePyramidsLevelsAre() {
    assertThat(protocol("--protocol custom --short-side 800").inputs())
        .containsExactly(asItIs(new Scale.ShortSide(800, 1200)));
    assertThat(protocol("--protocol custom --short-side 800 --long-side 3000").inputs())
        .containsExactly(asItIs(new Scale.ShortSide(800, 3000)));
  }

  @Test
  void longSideAloneIsTheRuleOfVga() {
    Protocol custom = protocol("--protocol CUSTOM --long-side 640");
    assertThat(custom.inputs()).isEqualTo(Protocol.VGA.inputs());
    assertThat(custom.merge()).isEqualTo(new NonMaximumSuppression());
    assertThat(custom.label()).isEqualTo("custom");
  }

  @Test
  void scalesMultiplyWhatTheSidesGive() {
    assertThat(protocol("--protocol custom --scales 0.5,2").inputs())
        .containsExactly(
            asItIs(new Scale.Multiple(new Scale.Original(), 0.5)),
            asItIs(new Scale.Multiple(new Scale.Original(), 2)));
    Protocol pyramid =
        protocol(
            "--protocol custom --short-side 800 --long-side 1200 --flip --merge vote"
                + " --scales 0.625,1,1.375,1.75,2.125");
    assertThat(pyramid.inputs()).isEqualTo(Protocol.PYRAMID.inputs());
    assertThat(pyramid.merge()).isEqualTo(new BoxVoting());
  }

  @Test
  void everyInputIsMirroredToo() {
    assertThat(protocol("--protocol custom --flip --merge soft-nms"))
        .isEqualTo(
            new Protocol(
                "custom",
                Stream.of(Flip.values())
                    .map(way -> new InputRule(new Scale.Original(), way))
                    .toList(),
                new SoftNonMaximumSuppression()));
  }

  @Test
  void aFlipThatIsSwitchedOffIsNone() {
    assertThat(protocol("--protocol custom --flip=false --long-side 640").inputs())
        .isEqualTo(Protocol.VGA.inputs());
  }

  @Test
  void allThatIsGivenDecidesTheRows() {
    assertThat(
            deciding(
                "--protocol custom --short-side 9 --long-side 10 --scales 2 --flip --merge VOTE"))
        .contains(
            "protocol=custom",
            "short-side=9",
            "long-side=10",
            "scales=[2.0]",
            "flip=true",
            "merge=vote");
    assertThat(deciding("--protocol custom --flip"))
        .noneMatch(option -> option.startsWith("merge") || option.startsWith("scales"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--short-side 800 --flip | only --protocol custom has --short-side, --flip, but the"
            + " protocol is 'original': give --protocol custom, or leave out what only that has",
        "--protocol vga --merge vote | only --protocol custom has --merge, but the protocol is"
            + " 'vga': give --protocol custom, or leave out what only that has",
        "--protocol custom --scales , | --scales is [], but must be 1 to 20 different numbers",
        "--protocol custom | --protocol custom says nothing of how an image becomes network input:"
            + " add one of --short-side, --long-side, --scales, --flip, --merge, or give --protocol"
            + " original",
        "--protocol custom --short-side 800 --long-side 640 | --long-side is 640, less than the"
            + " 800 of --short-side: the long side is the longer one, give it at least 800",
        "--protocol custom --scales 1,2,1 | --scales is [1.0, 2.0, 1.0], but must be 1 to 20"
            + " different numbers",
        "--protocol custom --scales 0 | --scales is [0.0], but must be above 0 and at most 100"
            + " each",
        "--protocol custom --scales NaN | --scales is [NaN], but must be above 0 and at most 100"
            + " each",
        "--protocol custom --short-side 0 | --short-side is 0, but must be from 1 to 10000",
        "--protocol custom --long-side 10001 | --long-side is 10001, but must be from 1 to 10000",
      })
  void contradictionsAreRefusedWithTheRemedy(String options, String message) {
    assertThatThrownBy(() -> protocol(options))
        .isInstanceOf(UsageException.class)
        .hasMessage(message + ": nothing was done");
  }

  private static InputRule asItIs(Scale scale) {
    return new InputRule(scale, Flip.NONE);
  }

  private static Protocol protocol(String options) {
    return config(options).protocol();
  }

  private static List<String> deciding(String options) {
    return DeclaredOptions.of(config(options)).decidingRows().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  private static DetectConfig config(String options) {
    String line = "--input i --output o --model m " + options;
    return DetectConfig.of(line.strip().split(" "));
  }
}
