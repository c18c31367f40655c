package org.retinaspark.udf.network;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.graph.Window;

/**
 * MobileNet v1 (Howard et al., 2017) with a quarter of the channels and leaky rectifiers, as {@code
 * MobileNetV1} of {@code models/net.py} of biubug6/Pytorch_Retinaface: a 3x3 convolution {@code
 * backbone.stem}, then blocks {@code backbone.block<number>} of {@code .depthwise} 3x3 and {@code
 * .pointwise} 1x1, numbered from 1.
 *
 * @param layers writes the layers
 */
record MobileNet(Layers layers) {

  private static final float SLOPE = 0.1f;
  private static final int STEM = 8;

  /** The block that makes the first map of stride 4; what is finer has no level. */
  private static final int FIRST_MAP = 2;

  /** Channels and stride of each block. */
  private static final List<Block> BLOCKS =
      List.of(
          new Block(16, 1),
          new Block(32, 2),
          new Block(32, 1),
          new Block(64, 2),
          new Block(64, 1),
          new Block(128, 2),
          new Block(128, 1),
          new Block(128, 1),
          new Block(128, 1),
          new Block(128, 1),
          new Block(128, 1),
          new Block(256, 2),
          new Block(256, 1));

  private record Block(int channels, int stride) {}

  /** The last map of each stride from 4 on, finest first. */
  List<FeatureMap> maps(FeatureMap image) {
    FeatureMap map = layer("backbone.stem", image, STEM, new Window(3, 2));
    List<FeatureMap> maps = new ArrayList<>();
    for (int number = 1; number <= BLOCKS.size(); number++) {
      Block block = BLOCKS.get(number - 1);
      if (block.stride() > 1 && number > FIRST_MAP) {
        maps.add(map);
      }
      String place = "backbone.block" + number;
      int inputs = map.channels();
      map = layer(place + ".depthwise", map, inputs, new Window(3, block.stride(), inputs));
      map = layer(place + ".pointwise", map, block.channels(), new Window(1, 1));
    }
    maps.add(map);
    return maps;
  }

  private FeatureMap layer(String place, FeatureMap map, int channels, Window window) {
    return layers.activated(place, layers.convolution(place, map, channels, window), SLOPE);
  }
}
