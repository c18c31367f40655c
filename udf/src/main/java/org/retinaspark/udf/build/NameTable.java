package org.retinaspark.udf.build;

import java.util.HashMap;
import java.util.Map;
import org.retinaspark.udf.network.Backbone;

/**
 * What others call the layers of a network. The names of biubug6/Pytorch_Retinaface are those of
 * {@code models/retinaface.py} and {@code models/net.py}, ResNet's those of torchvision ({@code
 * models/resnet.py}) within an {@code IntermediateLayerGetter}.
 */
final class NameTable {

  /** Of their pyramids; the first is theirs number 1. */
  private static final int[] STRIDES = {8, 16, 32};

  /** Blocks of MobileNet in each of its stages, of which the first begins with the stem. */
  private static final int[] STAGE_ENDS = {5, 11, 13};

  private static final int RESNET_STAGES = 4;
  private static final int MOST_BLOCKS = 36;

  private final NameScheme scheme;
  private final Map<String, String> modules = new HashMap<>();

  private NameTable(NameScheme scheme) {
    this.scheme = scheme;
  }

  /** The table of a scheme for networks on a backbone. */
  static NameTable of(NameScheme scheme, Backbone backbone) {
    NameTable table = new NameTable(scheme);
    if (scheme != NameScheme.OWN) {
      if (backbone == Backbone.MOBILENET_025) {
        table.addMobileNet();
      } else {
        table.addResNet();
      }
      table.addPyramid();
      table.addHeads();
    }
    return table;
  }

  /** What the scheme calls a tensor; the name itself where it has no such layer. */
  String stored(String name) {
    int dot = name.lastIndexOf('.');
    String module = modules.get(name.substring(0, dot));
    return module == null ? name : module + "." + kind(name.substring(dot + 1));
  }

  private static String kind(String kind) {
    return switch (kind) {
      case "mean" -> "running_mean";
      case "variance" -> "running_var";
      default -> kind;
    };
  }

  private void add(String place, String convolution, String normalisation) {
    modules.put(place + ".conv", convolution);
    modules.put(place + ".norm", normalisation);
  }

  private void addMobileNet() {
    String stem = scheme.backbone() + ".stage1.0";
    add("backbone.stem", stem + ".0", stem + ".1");
    int stage = 0;
    for (int number = 1; number <= STAGE_ENDS[STAGE_ENDS.length - 1]; number++) {
      if (number > STAGE_ENDS[stage]) {
        stage++;
      }
      int index = stage == 0 ? number : number - STAGE_ENDS[stage - 1] - 1;
      String block = "%s.stage%d.%d".formatted(scheme.backbone(), stage + 1, index);
      String place = "backbone.block" + number;
      if (scheme == NameScheme.YAKHYO) {
        add(place + ".depthwise", block + ".0.0", block + ".0.1");
        add(place + ".pointwise", block + ".1.0", block + ".1.1");
      } else {
        // 2 and 5 are the activations.
        add(place + ".depthwise", block + ".0", block + ".1");
        add(place + ".pointwise", block + ".3", block + ".4");
      }
    }
  }

  private void addResNet() {
    add("backbone.stem", scheme.backbone() + ".conv1", scheme.backbone() + ".bn1");
    for (int stage = 1; stage <= RESNET_STAGES; stage++) {
      for (int index = 0; index < MOST_BLOCKS; index++) {
        String block = "%s.layer%d.%d".formatted(scheme.backbone(), stage, index);
        String place = "backbone.stage%d.%d".formatted(stage, index);
        add(place + ".reduce", block + ".conv1", block + ".bn1");
        add(place + ".spatial", block + ".conv2", block + ".bn2");
        add(place + ".expand", block + ".conv3", block + ".bn3");
        add(place + ".shortcut", block + ".downsample.0", block + ".downsample.1");
      }
    }
  }

  private void addPyramid() {
    for (int level = 0; level < STRIDES.length; level++) {
      int stride = STRIDES[level];
      int number = level + 1;
      addLayer("pyramid.lateral." + stride, "fpn.output" + number);
      addLayer("pyramid.merge." + stride, "fpn.merge" + number);
      String context = "context1.%d.".formatted(stride);
      String ssh = "ssh%d.".formatted(number);
      addLayer(context + "3x3", ssh + "conv3X3");
      addLayer(context + "5x5.1", ssh + "conv5X5_1");
      addLayer(context + "5x5.2", ssh + "conv5X5_2");
      addLayer(context + "7x7.2", ssh + "conv7X7_2");
      addLayer(context + "7x7.3", ssh + "conv7x7_3");
    }
  }

  private void addLayer(String place, String layer) {
    add(place, layer + ".0", layer + ".1");
  }

  private void addHeads() {
    boolean lists = scheme == NameScheme.YAKHYO;
    for (int level = 0; level < STRIDES.length; level++) {
      int stride = STRIDES[level];
      addHead(
          "class", stride, (lists ? "class_head.class_head.%d" : "ClassHead.%d.conv1x1"), level);
      addHead("box", stride, (lists ? "bbox_head.bbox_head.%d" : "BboxHead.%d.conv1x1"), level);
      addHead(
          "landmark",
          stride,
          (lists ? "landmark_head.landmark_head.%d" : "LandmarkHead.%d.conv1x1"),
          level);
    }
  }

  private void addHead(String head, int stride, String name, int level) {
    modules.put("head1.%s.%d".formatted(head, stride), name.formatted(level));
  }
}
