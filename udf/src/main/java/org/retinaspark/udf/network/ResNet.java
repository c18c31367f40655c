package org.retinaspark.udf.network;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.graph.Value;
import org.retinaspark.udf.graph.Window;

/**
 * ResNet with bottlenecks (He et al., CVPR 2016) as torchvision has it, the stride at the 3x3
 * convolution ("v1.5"): {@code backbone.stem} 7x7 and a pooling, then four stages of blocks {@code
 * backbone.stage<stage>.<block>}, stages from 1 and blocks from 0, of {@code .reduce} 1x1, {@code
 * .spatial} 3x3 and {@code .expand} 1x1; the first of a stage has a {@code .shortcut} 1x1.
 *
 * @param layers writes the layers
 * @param blocks how many each stage has
 */
record ResNet(Layers layers, List<Integer> blocks) {

  private static final int STEM = 64;

  /** Channels that leave a block for each that its 3x3 convolution has. */
  private static final int EXPANSION = 4;

  /** The maps C2 to C5, of strides 4 to 32. */
  List<FeatureMap> maps(FeatureMap image) {
    String stem = "backbone.stem";
    FeatureMap map =
        layers.activated(stem, layers.convolution(stem, image, STEM, new Window(7, 2)), 0);
    Window halved = new Window(3, 2);
    Value pooled = layers.graph().maxPool("backbone.pool", map.value(), halved);
    map = new FeatureMap(pooled, STEM, map.stride() * halved.stride());
    List<FeatureMap> maps = new ArrayList<>();
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int block = 0; block < blocks.get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String place = "backbone.stage%d.%d".formatted(stage + 1, block);
        map = bottleneck(place, map, STEM << stage, stride);
      }
      maps.add(map);
    }
    return maps;
  }

  private FeatureMap bottleneck(String place, FeatureMap map, int channels, int stride) {
    FeatureMap inner = layer(place + ".reduce", map, channels, new Window(1, 1));
    inner = layer(place + ".spatial", inner, channels, new Window(3, stride));
    inner = layers.convolution(place + ".expand", inner, channels * EXPANSION, new Window(1, 1));
    FeatureMap shortcut =
        map.channels() == inner.channels()
            ? map
            : layers.convolution(place + ".shortcut", map, inner.channels(), new Window(1, stride));
    Value sum = layers.graph().binary(place + ".add", "Add", inner.value(), shortcut.value());
    return layers.activated(place, inner.with(sum), 0);
  }

  private FeatureMap layer(String place, FeatureMap map, int channels, Window window) {
    return layers.activated(place, layers.convolution(place, map, channels, window), 0);
  }
}
