package org.retinaspark.job.model;

import java.io.IOException;
import java.nio.file.Path;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.build.ModelBuild;
import org.retinaspark.udf.build.ModelBuildException;
import org.retinaspark.udf.build.NamedWeights;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.weights.WeightFile;
import org.retinaspark.udf.weights.WeightFileException;

/** Writes a network with weights, of a file or random, as a model that was tried. */
public final class BuildAction {

  private final ModelTarget target;
  private final WeightSource weights;
  private final ArchitectureChoice choice;
  private final Preprocessing preprocessing;

  /** An action that does nothing yet. */
  public BuildAction(
      ModelTarget target,
      WeightSource weights,
      ArchitectureChoice choice,
      Preprocessing preprocessing) {
    this.target = target;
    this.weights = weights;
    this.choice = choice;
    this.preprocessing = preprocessing;
  }

  /**
   * Writes the model; the file is there as a whole or not at all.
   *
   * @throws UsageException if the weights can't be read or are not those of the network, or the
   *     target exists
   * @throws IOException if the target can't be written
   */
  public BuildResult execute() throws IOException {
    target.require(weights.file());
    try {
      BuildResult built =
          weights.file().isPresent() ? ofFile(weights.file().get()) : ofSeed(weights.seed());
      target.write(built.model().onnx());
      return built;
    } catch (WeightFileException
        | ModelBuildException
        | InvalidModelException
        | IllegalArgumentException unusable) {
      throw new UsageException(unusable.getMessage() + ": nothing was written", unusable);
    } catch (OutOfMemoryError tooLarge) {
      throw new UsageException(
          ("the network doesn't fit into %d MiB of memory: nothing was written. Give more with"
                  + " --driver-memory, about eight times the size of the weights")
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          tooLarge);
    }
  }

  private BuildResult ofFile(Path path) {
    byte[] content = ModelFile.content(path);
    WeightFile file = WeightFile.read(content, path.getFileName().toString());
    NamedWeights named = NamedWeights.of(file);
    Architecture architecture = choice.over(named::architecture);
    ModelImport model = ModelBuild.of(architecture, named, file, content, preprocessing, name());
    return new BuildResult(model, architecture);
  }

  private BuildResult ofSeed(long seed) {
    Architecture architecture = choice.over(ArchitectureChoice::usual);
    return new BuildResult(
        ModelBuild.random(architecture, seed, preprocessing, name()), architecture);
  }

  private String name() {
    return target.file().getFileName().toString();
  }
}
