package org.retinaspark.udf.detect;

import java.util.List;
import java.util.Locale;

/** How an image becomes network input. An AP means nothing without the protocol behind it. */
public enum Protocol {
  /** The image as it is, at scale 1. */
  ORIGINAL {
    @Override
    Placement place(int width, int height, InputSize size) {
      return fit(width, height, width, height, size);
    }
  },
  /**
   * The long side resized to 640, up or down, keeping the aspect: the VGA protocol of InsightFace's
   * and SCRFD's published figures.
   */
  VGA {
    @Override
    Placement place(int width, int height, InputSize size) {
      double scale = (double) VGA_LONG_SIDE / Math.max(width, height);
      int contentWidth = Math.max(1, (int) Math.round(width * scale));
      int contentHeight = Math.max(1, (int) Math.round(height * scale));
      return fit(width, height, contentWidth, contentHeight, size);
    }

    @Override
    public void requireServedBy(InputSize size) {
      requireSide(size.width(), size);
      requireSide(size.height(), size);
    }

    private void requireSide(int side, InputSize size) {
      if (side != InputSize.DYNAMIC && side < VGA_LONG_SIDE) {
        throw unserved(size, "inputs of up to %1$dx%1$d".formatted(VGA_LONG_SIDE));
      }
    }
  };

  private static final int VGA_LONG_SIDE = 640;

  /** The protocol's name on the command line and in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The network inputs that an image of this size becomes, in the order of their outputs. */
  List<Placement> placements(int width, int height, InputSize size) {
    return List.of(place(width, height, size));
  }

  /**
   * Checks that a model of this input size can be run under the protocol.
   *
   * @throws IllegalArgumentException if it can't, with the remedy
   */
  public void requireServedBy(InputSize size) {
    if (size.width() != InputSize.DYNAMIC || size.height() != InputSize.DYNAMIC) {
      throw unserved(size, "inputs of any size");
    }
  }

  abstract Placement place(int width, int height, InputSize size);

  IllegalArgumentException unserved(InputSize size, String need) {
    return new IllegalArgumentException(
        ("protocol '%s' needs %s, but the model declares %s: make it dynamic with"
                + " 'model import FILE -o OUT', or choose another protocol")
            .formatted(label(), need, size));
  }

  private static Placement fit(
      int width, int height, int contentWidth, int contentHeight, InputSize size) {
    int tensorWidth = size.width() == InputSize.DYNAMIC ? size.roundUp(contentWidth) : size.width();
    int tensorHeight =
        size.height() == InputSize.DYNAMIC ? size.roundUp(contentHeight) : size.height();
    return new Placement(width, height, contentWidth, contentHeight, tensorWidth, tensorHeight);
  }
}
