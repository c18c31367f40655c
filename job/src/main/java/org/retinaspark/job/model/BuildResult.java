package org.retinaspark.job.model;

import java.util.stream.Collectors;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.Sampling;

/**
 * What {@code model build} made.
 *
 * @param model what was written
 * @param architecture the network that it is
 */
public record BuildResult(ModelImport model, Architecture architecture) {

  /** The network in a line. */
  String text() {
    return "%s, %d levels of %d channels, %s context, %s%s"
        .formatted(
            architecture.backbone().label(),
            architecture.anchors().size(),
            architecture.channels(),
            architecture.sampling() == Sampling.REGULAR ? "ssh" : "deformable",
            architecture.stages() == 1 ? "one stage" : "two stages",
            architecture.meshes().stream()
                .map(mesh -> ", %s of %d vertices".formatted(mesh.name(), mesh.vertices()))
                .collect(Collectors.joining()));
  }
}
