package org.retinaspark.job.model;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.dense.file.MeshInspection;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.heads.FeatureText;
import org.retinaspark.udf.model.ModelInspection;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.UnknownModelException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model} on the command line. */
@Command(
    name = "model",
    description = {"Looks at ONNX files, makes them fit for any image, and builds them.", ""},
    subcommands = BuildCommand.class,
    mixinStandardHelpOptions = true)
public final class ModelCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "'inspect', 'import' or 'build' is missing");
  }

  @Command(
      name = "inspect",
      description = {"Prints what a model is: family, inputs, outputs, anchors or crop, cost.", ""},
      mixinStandardHelpOptions = true)
  int inspect(
      @Parameters(paramLabel = "FILE", description = "An ONNX file, or TFLite of a mesh.")
          Path file,
      @Mixin RecognitionArguments recognition) {
    byte[] content = ModelFile.content(file);
    String name = file.getFileName().toString();
    try {
      boolean isMesh = ModelKind.of(content, name).isMesh();
      if (isMesh && !recognition.options().equals(RecognitionOptions.BY_FILE)) {
        throw ModelKind.misplacedOptions(name);
      }
      String text =
          isMesh
              ? MeshInspection.text(content, name)
              : detector(content, ModelInspection.of(content, name, recognition.options()));
      spec.commandLine().getOut().print(text);
      return ExitStatus.DONE;
    } catch (UnknownModelException unknown) {
      throw ModelKind.unknown(content, unknown);
    } catch (InvalidModelException | IllegalArgumentException unusable) {
      throw new UsageException(unusable.getMessage(), unusable);
    }
  }

  private static String detector(byte[] content, ModelInspection inspection) {
    return inspection.text() + FeatureText.of(content, inspection.model());
  }

  @Command(
      name = "import",
      description = {
        "Makes a detector's batch, height and width dynamic, or the batch of a network for meshes"
            + " or landmarks, and writes into the file what it is. TFLite becomes ONNX.",
        "The result is tried out before it is written.",
        ""
      },
      mixinStandardHelpOptions = true)
  int importModel(
      @Parameters(paramLabel = "FILE", description = "An ONNX file, or TFLite of a mesh.")
          Path file,
      @Option(
              names = {"-o", "--output"},
              required = true,
              paramLabel = "OUT",
              description = "The file to write.")
          Path output,
      @Option(names = "--overwrite", description = "Replace OUT if it exists.") boolean overwrite,
      @Option(
              names = "--fold-preprocessing",
              description =
                  "Let OUT take decoded pixels, uint8 [batch, height, width, 3], and do the rest in"
                      + " the graph: order of channels, mean, scale, transposition. A quarter of"
                      + " the bytes, less work in Java. The same faces where an image is not"
                      + " resized; else its levels are rounded before, which moves faces a little.")
          boolean fold,
      @Mixin RecognitionArguments recognition)
      throws Exception {
    ImportedModel imported =
        new ImportAction(
                file,
                output,
                overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE,
                recognition.options(),
                fold ? Preprocessing.FOLDED : Preprocessing.AS_IS)
            .execute();
    PrintWriter out = spec.commandLine().getOut();
    imported.changes().forEach(out::println);
    out.printf("%s: %s%n", output, imported.text());
    return ExitStatus.DONE;
  }
}
