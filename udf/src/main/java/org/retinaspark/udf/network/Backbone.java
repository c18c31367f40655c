package org.retinaspark.udf.network;

import java.util.List;

/** The network that turns an image into feature maps of strides 4, 8, 16 and 32. */
public enum Backbone {
  /** MobileNet v1 with a quarter of the channels. */
  MOBILENET_025("mobilenet-0.25", 64),
  /** ResNet of 50 layers. */
  RESNET_50("resnet-50", 256),
  /** ResNet of 152 layers, the paper's. */
  RESNET_152("resnet-152", 256);

  private final String label;
  private final int pyramidChannels;

  Backbone(String label, int pyramidChannels) {
    this.label = label;
    this.pyramidChannels = pyramidChannels;
  }

  /** Its name for people. */
  public String label() {
    return label;
  }

  /** Channels of the feature pyramid that is put on it ({@code data/config.py} of biubug6). */
  public int pyramidChannels() {
    return pyramidChannels;
  }

  /** Writes the network; its maps of strides 4, 8, 16 and 32. */
  List<FeatureMap> maps(Layers layers, FeatureMap image) {
    return switch (this) {
      case MOBILENET_025 -> new MobileNet(layers).maps(image);
      case RESNET_50 -> new ResNet(layers, List.of(3, 4, 6, 3)).maps(image);
      case RESNET_152 -> new ResNet(layers, List.of(3, 8, 36, 3)).maps(image);
    };
  }
}
