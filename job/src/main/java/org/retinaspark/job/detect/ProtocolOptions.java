package org.retinaspark.job.detect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.Heading;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.job.options.Range;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InputRule;
import org.retinaspark.udf.detect.Merge;
import org.retinaspark.udf.detect.NonMaximumSuppression;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Scale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options of {@code detect} that say how an image becomes network inputs, and what makes faces
 * of what the network finds in them: a known protocol, or {@value ProtocolName#CUSTOM} and its
 * parts.
 */
final class ProtocolOptions {

  /** As the pyramid's levels have it. */
  private static final double LONG_TO_SHORT = 1.5;

  /** Sizes an image, at most; the pyramid has five. */
  private static final int MOST_SCALES = 20;

  private static final int LARGEST_SCALE = 100;

  @Heading("Detection")
  @DecidesRows
  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = "original",
      converter = ProtocolName.class,
      description =
          "How an image becomes network input: original (scale 1), vga (long side 640), mxnet"
              + " (short side 1600, long side at most 2150), pyramid (five sizes from 500 to 1700,"
              + " each mirrored too, merged by box voting), robust (as original, and smaller inputs"
              + " for faces that fill the frame), or custom, of the five options that follow"
              + " (default: ${DEFAULT-VALUE}). docs/protocols.md has their figures.")
  private String protocol = Protocol.ORIGINAL.label();

  @DecidesRows
  @Range(from = 1, to = 10_000)
  @Option(
      names = "--short-side",
      paramLabel = "PIXELS",
      description =
          "Of custom: the short side resized to it, but no further than --long-side allows"
              + " (default: the image as it is, or as --long-side says).")
  private @Nullable Integer shortSide;

  @DecidesRows
  @Range(from = 1, to = 10_000)
  @Option(
      names = "--long-side",
      paramLabel = "PIXELS",
      description =
          "Of custom: the long side at most, with --short-side (default: 1.5 times that); without"
              + " it, the long side resized to it.")
  private @Nullable Integer longSide;

  @DecidesRows
  @Option(
      names = "--scales",
      paramLabel = "X",
      split = ",",
      description =
          "Of custom: a network input for each of these, which multiply the size that --short-side"
              + " and --long-side give, or the image's own (default: 1).")
  private @Nullable List<Double> scales;

  @DecidesRows
  @Option(names = "--flip", description = "Of custom: each input mirrored left to right too.")
  private @Nullable Boolean flip;

  @DecidesRows
  @Option(
      names = "--merge",
      paramLabel = "nms|soft-nms|vote",
      converter = MergeName.class,
      description =
          "Of custom: what makes faces of the candidates of all inputs (default: nms). vote drops"
              + " what one candidate alone shows: it is made for several inputs.")
  private @Nullable Merge merge;

  static final class MergeName implements ITypeConverter<Merge> {

    @Override
    public Merge convert(String name) {
      try {
        return Merge.named(name);
      } catch (IllegalArgumentException unknown) {
        throw new TypeConversionException(unknown.getMessage());
      }
    }
  }

  /**
   * What they say together.
   *
   * @throws IllegalArgumentException if they contradict each other, with the remedy
   */
  Protocol protocol() {
    List<String> given = given();
    if (!protocol.equals(ProtocolName.CUSTOM)) {
      if (!given.isEmpty()) {
        throw new IllegalArgumentException(
            ("only --protocol custom has %s, but the protocol is '%s': give --protocol custom, or"
                    + " leave out what only that has")
                .formatted(String.join(", ", given), protocol));
      }
      return Protocol.named(protocol);
    }
    if (given.isEmpty()) {
      throw new IllegalArgumentException(
          "--protocol custom says nothing of how an image becomes network input: add one of"
              + " --short-side, --long-side, --scales, --flip, --merge, or give --protocol"
              + " original");
    }
    return new Protocol(
        ProtocolName.CUSTOM, inputs(), merge == null ? new NonMaximumSuppression() : merge);
  }

  private List<String> given() {
    List<String> given = new ArrayList<>();
    if (shortSide != null) {
      given.add("--short-side");
    }
    if (longSide != null) {
      given.add("--long-side");
    }
    if (scales != null) {
      given.add("--scales");
    }
    if (flip != null) {
      given.add("--flip");
    }
    if (merge != null) {
      given.add("--merge");
    }
    return given;
  }

  private List<InputRule> inputs() {
    Scale base = base();
    List<Flip> flips = Boolean.TRUE.equals(flip) ? List.of(Flip.values()) : List.of(Flip.NONE);
    return (scales == null ? Stream.of(base) : multiples(base, scales))
        .flatMap(scale -> flips.stream().map(way -> new InputRule(scale, way)))
        .toList();
  }

  private static Stream<Scale> multiples(Scale base, List<Double> scales) {
    if (scales.isEmpty()
        || scales.size() > MOST_SCALES
        || new HashSet<>(scales).size() < scales.size()) {
      throw new IllegalArgumentException(
          "--scales is %s, but must be 1 to %d different numbers".formatted(scales, MOST_SCALES));
    }
    if (!scales.stream().allMatch(scale -> scale > 0 && scale <= LARGEST_SCALE)) {
      throw new IllegalArgumentException(
          "--scales is %s, but must be above 0 and at most %d each"
              .formatted(scales, LARGEST_SCALE));
    }
    return scales.stream().map(multiple -> new Scale.Multiple(base, multiple));
  }

  private Scale base() {
    if (shortSide == null) {
      return longSide == null ? new Scale.Original() : new Scale.LongSide(longSide);
    }
    if (longSide != null && longSide < shortSide) {
      throw new IllegalArgumentException(
          ("--long-side is %d, less than the %d of --short-side: the long side is the"
                  + " longer one, give it at least %2$d")
              .formatted(longSide, shortSide));
    }
    return new Scale.ShortSide(
        shortSide,
        longSide == null ? Math.toIntExact(Math.round(shortSide * LONG_TO_SHORT)) : longSide);
  }
}
