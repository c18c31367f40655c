package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;

/**
 * What a convolution or a pooling sees of its input, each axis for itself.
 *
 * @param rows from top to bottom
 * @param columns from left to right
 * @param groups parts that the channels are split into, each seen alone
 */
public record SlidingWindow(Axis rows, Axis columns, int groups) {

  /**
   * The window along one axis.
   *
   * @param kernel how many cells it sees
   * @param stride cells between neighbouring windows
   * @param dilation cells from one that it sees to the next, 1 where there is none between
   * @param before cells beyond the border that the first window begins with
   * @param after cells beyond the other border
   */
  public record Axis(int kernel, int stride, int dilation, int before, int after) {}

  /** The attributes of a pooling. */
  List<AttributeProto> ofPooling() {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(integers("kernel_shape", rows.kernel, columns.kernel));
    attributes.add(integers("strides", rows.stride, columns.stride));
    attributes.add(integers("pads", rows.before, columns.before, rows.after, columns.after));
    if (rows.dilation != 1 || columns.dilation != 1) {
      attributes.add(integers("dilations", rows.dilation, columns.dilation));
    }
    return attributes;
  }

  /** The attributes of a convolution. */
  List<AttributeProto> ofConvolution() {
    List<AttributeProto> attributes = ofPooling();
    attributes.add(NodeAttributes.integer("group", groups));
    return attributes;
  }

  private static AttributeProto integers(String name, int... values) {
    List<Long> wide = new ArrayList<>();
    for (int value : values) {
      wide.add((long) value);
    }
    return NodeAttributes.integers(name, wide);
  }
}
