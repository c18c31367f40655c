package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;

/**
 * What a convolution or a pooling sees of its input: a square around every {@code stride}-th cell,
 * zeros beyond the border, so that {@code n} cells give ceil(n / stride).
 *
 * @param kernel cells a side, odd
 * @param stride cells between neighbouring windows
 * @param groups parts that the channels are split into, each seen alone
 */
public record Window(int kernel, int stride, int groups) {

  /** A window over all channels. */
  public Window(int kernel, int stride) {
    this(kernel, stride, 1);
  }

  /** The attributes of a pooling. */
  List<AttributeProto> ofPooling() {
    long side = kernel;
    long step = stride;
    long border = kernel / 2;
    return List.of(
        NodeAttributes.integers("kernel_shape", List.of(side, side)),
        NodeAttributes.integers("strides", List.of(step, step)),
        NodeAttributes.integers("pads", List.of(border, border, border, border)));
  }

  /** The attributes of a convolution. */
  List<AttributeProto> ofConvolution() {
    List<AttributeProto> attributes = new ArrayList<>(ofPooling());
    attributes.add(NodeAttributes.integer("group", groups));
    return attributes;
  }
}
