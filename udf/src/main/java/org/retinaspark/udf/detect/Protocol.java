package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How an image becomes network input, and the network's candidates become faces. An AP means
 * nothing without the protocol behind it.
 *
 * @param label the protocol's name on the command line and in files
 * @param inputs a rule for each network input that an image becomes, in the order of their outputs
 * @param merge what makes faces of the candidates of all inputs
 */
public record Protocol(String label, List<InputRule> inputs, Merge merge) implements Serializable {

  /** The image as it is, at scale 1. */
  public static final Protocol ORIGINAL = ofOne("original", new Scale.Original());

  /**
   * The long side resized to 640, up or down, keeping the aspect: the VGA protocol of InsightFace's
   * and SCRFD's published figures.
   */
  public static final Protocol VGA = ofOne("vga", new Scale.LongSide(640));

  /**
   * The short side resized to 1600, the long side at most 2150: what {@code test_widerface.py} of
   * InsightFace (without its image pyramid) and of biubug6/Pytorch_Retinaface (without {@code
   * --origin_size}) do.
   */
  public static final Protocol MXNET = ofOne("mxnet", new Scale.ShortSide(1600, 2150));

  /**
   * An image pyramid of short sides 500, 800, 1100, 1400 and 1700, each also mirrored, merged by
   * box voting: the test protocol of the paper (its "Testing Details"). The long side is at most
   * one and a half times as long, 2550 pixels on the last level, since {@code get_boxes} of
   * InsightFace's {@code test_widerface.py} takes the levels as multiples of 800 pixels with at
   * most 1200.
   */
  public static final Protocol PYRAMID =
      new Protocol(
          "pyramid",
          IntStream.of(500, 800, 1100, 1400, 1700)
              .mapToObj(side -> new Scale.Multiple(new Scale.ShortSide(800, 1200), side / 800.0))
              .flatMap(scale -> Stream.of(Flip.values()).map(flip -> new InputRule(scale, flip)))
              .toList(),
          new BoxVoting());

  /**
   * The image as it is, and smaller ones for the faces that are too large for it, each a quarter as
   * long as the one before, down to one that is no longer than the largest anchors. The bounds were
   * fitted on training photos ({@code docs/decisions/0025-faces-that-fill-the-frame.md}).
   */
  public static final Protocol ROBUST =
      new Protocol(
          "robust",
          IntStream.range(0, 5)
              .mapToObj(
                  level ->
                      new InputRule(
                          level == 0
                              ? new Scale.Original()
                              : new Scale.Multiple(new Scale.Original(), Math.pow(4, -level)),
                          Flip.NONE,
                          new FaceSizes(level == 0 ? 0 : 64, 320)))
              .toList(),
          new NonMaximumSuppression());

  /** The protocols that have a name on the command line. */
  public static final List<Protocol> KNOWN = List.of(ORIGINAL, VGA, MXNET, PYRAMID, ROBUST);

  /**
   * Checks that there is an input.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Protocol {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(
          "protocol '%s' makes no network input of an image: give it a rule".formatted(label));
    }
  }

  /**
   * The known protocol of a name, whatever its case.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Protocol named(String label) {
    return KNOWN.stream()
        .filter(known -> known.label.equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no protocol '%s': choose one of %s"
                        .formatted(
                            label,
                            KNOWN.stream()
                                .map(Protocol::label)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * Checks that a model of this input size can be run under the protocol.
   *
   * @throws IllegalArgumentException if it can't, with the remedy
   */
  public void requireServedBy(InputSize size) {
    for (InputRule input : inputs) {
      if (!input.isServedBy(size)) {
        throw new IllegalArgumentException(
            ("protocol '%s' needs %s, but the model takes %s, which serves %s: make it dynamic with"
                    + " 'model import FILE -o OUT', or choose another protocol")
                .formatted(label, input.need(), size, servedBy(size)));
      }
    }
  }

  /** Whether a model of this input size can be run under the protocol. */
  public boolean isServedBy(InputSize size) {
    return inputs.stream().allMatch(input -> input.isServedBy(size));
  }

  /** The known protocols that a model of this input size can be run under, for people. */
  private static String servedBy(InputSize size) {
    String served =
        KNOWN.stream()
            .filter(known -> known.isServedBy(size))
            .map(known -> "'" + known.label + "'")
            .collect(Collectors.joining(", "));
    return served.isEmpty() ? "none of them" : served;
  }

  /** Whether a face may depend on candidates of lower scores. */
  boolean asksForSupport() {
    return merge.asksForSupport() || inputs.stream().anyMatch(input -> input.faces().haveDoubt());
  }

  /**
   * The network inputs that an image of this size becomes, in the order of their outputs. An input
   * for large faces is left out where the one before it doubts none.
   */
  List<Placement> placements(int width, int height, InputSize size) {
    List<Placement> placements = new ArrayList<>();
    boolean doubts = false;
    for (InputRule input : inputs) {
      if (doubts || input.faces().smallest() == 0) {
        Placement placement = input.placement(width, height, size);
        placements.add(placement);
        doubts = placement.faces().haveDoubt();
      }
    }
    return placements;
  }

  private static Protocol ofOne(String label, Scale scale) {
    return new Protocol(
        label, List.of(new InputRule(scale, Flip.NONE)), new NonMaximumSuppression());
  }
}
