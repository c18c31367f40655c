package org.retinaspark.job.model;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.udf.model.Preprocessing;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model build} on the command line. */
@Command(
    name = "build",
    description = {
      "Writes a RetinaFace network with weights as an ONNX file of any batch, height and width.",
      "The result is tried out before it is written.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class BuildCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Numbers numbers = new Numbers();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The file to write.")
  private Path output = Path.of("");

  @Option(names = "--overwrite", description = "Replace OUT if it exists.")
  private boolean overwrite;

  @Mixin private ArchitectureChoice architecture = new ArchitectureChoice();

  @Option(
      names = "--fold-preprocessing",
      description =
          "Let OUT take decoded pixels, uint8 [batch, height, width, 3], as 'model import' does.")
  private boolean fold;

  /** Where the weights come from. */
  private static final class Numbers {

    @Option(
        names = "--weights",
        paramLabel = "FILE",
        description =
            "A state dict of PyTorch (.pth, of any version), .safetensors or .npz, told by its"
                + " content, with the names of biubug6/Pytorch_Retinaface, of"
                + " yakhyo/retinaface-pytorch or of this program. Nothing but tensors is read from"
                + " it; a missing or unknown one is an error.")
    private @Nullable Path weights;

    @Option(
        names = "--random",
        paramLabel = "SEED",
        description = "Random weights, the same for the same seed: to measure and to try.")
    private long seed;
  }

  @Override
  public Integer call() throws Exception {
    BuildResult built =
        new BuildAction(
                new ModelTarget(output, overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE),
                numbers.weights == null
                    ? WeightSource.random(numbers.seed)
                    : WeightSource.of(numbers.weights),
                architecture,
                fold ? Preprocessing.FOLDED : Preprocessing.AS_IS)
            .execute();
    spec.commandLine().getOut().println(built.text());
    return ExitStatus.DONE;
  }
}
