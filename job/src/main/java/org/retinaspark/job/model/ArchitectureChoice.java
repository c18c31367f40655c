package org.retinaspark.job.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.Backbone;
import org.retinaspark.udf.network.Mesh;
import org.retinaspark.udf.network.Sampling;
import picocli.CommandLine.Option;

/** The options that say which network is built. */
public final class ArchitectureChoice {

  private static final String NO_MESH = "none";

  @Option(
      names = "--architecture",
      paramLabel = "retinaface-mnet025|retinaface-resnet50|paper",
      description =
          "The network to start from (default: the one that the names of the weights tell;"
              + " retinaface-mnet025 for random ones). The first two are biubug6's: pyramid three,"
              + " context ssh, one stage. paper is resnet-152, pyramid five, context deformable,"
              + " two stages, meshes Mesh68:68 and Mesh1k:1103.")
  private @Nullable String named;

  @Option(
      names = "--backbone",
      paramLabel = "mobilenet-0.25|resnet-50|resnet-152",
      description = "Another backbone than the network has.")
  private @Nullable String backbone;

  @Option(
      names = "--pyramid",
      paramLabel = "three|five",
      description =
          "Levels of the pyramid: three (strides 8 to 32, two anchors a cell, as wide as the"
              + " backbone's reference has them) or five (strides 4 to 64, three anchors a cell,"
              + " 256 channels).")
  private @Nullable Pyramid pyramid;

  @Option(
      names = "--context",
      paramLabel = "ssh|deformable",
      description = "Context modules and lateral connections: plain or deformable convolutions.")
  private @Nullable Context context;

  @Option(names = "--stages", paramLabel = "1|2", description = "Stages of the cascade.")
  private @Nullable Integer stages;

  @Option(
      names = "--mesh",
      paramLabel = "NAME:VERTICES[:BASIS]",
      description =
          "A dense head, directly or through a linear basis of so many vectors; more than once for"
              + " more. 'none' for a paper's network without.")
  private List<String> meshes = List.of();

  /** Levels of a feature pyramid. */
  enum Pyramid {
    THREE,
    FIVE
  }

  /** Convolutions of context modules. */
  enum Context {
    SSH,
    DEFORMABLE
  }

  /** The network where nothing tells another. */
  static Architecture usual() {
    return Architecture.pytorch(Backbone.MOBILENET_025);
  }

  /**
   * The network that was chosen.
   *
   * @param told the one that the weights tell, asked for where none is named
   * @throws UsageException if there is no such network
   * @throws IllegalArgumentException if the options contradict each other
   */
  Architecture over(Supplier<Architecture> told) {
    Architecture base = named == null ? told.get() : named(named);
    Backbone chosen = backbone == null ? base.backbone() : backbone(backbone);
    Architecture levels = levels(base, chosen);
    return new Architecture(
        chosen,
        levels.anchors(),
        levels.channels(),
        context == null
            ? base.sampling()
            : context == Context.SSH ? Sampling.REGULAR : Sampling.DEFORMABLE,
        base.heads(),
        stages == null ? base.stages() : stages,
        meshes.isEmpty() ? base.meshes() : meshes());
  }

  private Architecture levels(Architecture base, Backbone chosen) {
    if (pyramid == Pyramid.FIVE) {
      return Architecture.paper(chosen, List.of());
    }
    if (pyramid == Pyramid.THREE) {
      return Architecture.pytorch(chosen);
    }
    List<AnchorLevel> three = Architecture.pytorch(chosen).anchors();
    return base.anchors().equals(three) && chosen != base.backbone()
        ? Architecture.pytorch(chosen)
        : base;
  }

  private List<Mesh> meshes() {
    return meshes.equals(List.of(NO_MESH)) ? List.of() : meshes.stream().map(Mesh::parse).toList();
  }

  private static Architecture named(String name) {
    return switch (name) {
      case "retinaface-mnet025" -> usual();
      case "retinaface-resnet50" -> Architecture.pytorch(Backbone.RESNET_50);
      case "paper" ->
          Architecture.paper(
              Backbone.RESNET_152, List.of(new Mesh("Mesh68", 68, 0), new Mesh("Mesh1k", 1103, 0)));
      default ->
          throw new UsageException(
              ("--architecture '%s' is not known: nothing was done. Give retinaface-mnet025,"
                      + " retinaface-resnet50 or paper")
                  .formatted(name));
    };
  }

  private static Backbone backbone(String label) {
    return Arrays.stream(Backbone.values())
        .filter(backbone -> backbone.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--backbone '%s' is not known: nothing was done. Give one of %s"
                        .formatted(
                            label,
                            Arrays.stream(Backbone.values())
                                .map(Backbone::label)
                                .collect(Collectors.joining(", ")))));
  }
}
