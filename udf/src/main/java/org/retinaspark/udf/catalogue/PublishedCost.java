package org.retinaspark.udf.catalogue;

import java.util.List;

/**
 * What somebody published of a network's size and work.
 *
 * @param networks names of {@link KnownModel}s, or what the file of a built network says that it
 *     is, all that begin with one of these
 * @param figures parameters and multiplications with an addition, which some count as two
 *     operations, with the size of the image
 * @param source who published them, and where
 */
public record PublishedCost(List<String> networks, String figures, String source) {

  /** What biubug6's networks say of themselves where others have offsets, stages or meshes. */
  private static final String PLAIN = "regular context, heads of each level, 1 stage";

  private static final List<PublishedCost> ALL =
      List.of(
          new PublishedCost(
              List.of("retinaface-mnet025", "mobilenet-0.25, 3 levels of 64 channels, " + PLAIN),
              "0.426 M parameters, 0.194 G multiply-adds at 320x240",
              "biubug6/Face-Detector-1MB-with-landmark"),
          new PublishedCost(
              List.of("resnet-50, 3 levels of 256 channels, " + PLAIN),
              "27.2646 M parameters, 88.8627 GFLOPs = 44.43 G multiply-adds at 640x640",
              "OpenVINO Open Model Zoo, retinaface-resnet50-pytorch"),
          new PublishedCost(
              List.of("resnet-50, 5 levels"),
              "29.50 M parameters, 37.59 G multiply-adds at 640x480, for three levels, one stage",
              "deepinsight/insightface, detection/scrfd: InsightFace's RetinaFace-R50"),
          new PublishedCost(
              List.of("resnet-152, 5 levels"),
              "a file of 262 MB",
              "the paper, arXiv 1905.00641, inference efficiency"),
          new PublishedCost(
              List.of("insightface-mnet025"),
              "0.44 M parameters, 0.802 G multiply-adds at 640x480",
              "deepinsight/insightface, detection/scrfd"),
          new PublishedCost(
              List.of("scrfd-500m-kps"),
              "0.57 M parameters, 0.508 G multiply-adds at 640x480, without landmarks",
              "deepinsight/insightface, detection/scrfd"));

  /** Keeps an unmodifiable list. */
  public PublishedCost {
    networks = List.copyOf(networks);
  }

  /** What was published of a network, by what it is called. */
  public static List<PublishedCost> of(String network) {
    return ALL.stream()
        .filter(cost -> cost.networks.stream().anyMatch(network::startsWith))
        .toList();
  }
}
