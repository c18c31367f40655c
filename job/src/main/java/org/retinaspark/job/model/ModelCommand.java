package org.retinaspark.job.model;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.Family;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.ModelInspection;
import org.retinaspark.udf.model.Preprocessing;
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
      description = {"Prints what a model is: family, inputs, outputs, anchors.", ""},
      mixinStandardHelpOptions = true)
  int inspect(
      @Parameters(paramLabel = "FILE", description = "An ONNX file.") Path file,
      @Mixin RecognitionArguments recognition) {
    try {
      spec.commandLine()
          .getOut()
          .print(
              ModelInspection.of(
                      ModelFile.content(file), file.getFileName().toString(), recognition.options())
                  .text());
      return ExitStatus.DONE;
    } catch (UnknownModelException | InvalidModelException | IllegalArgumentException unusable) {
      throw new UsageException(unusable.getMessage(), unusable);
    }
  }

  @Command(
      name = "import",
      description = {
        "Makes batch, height and width dynamic, and writes into the file what it is.",
        "The result is tried out before it is written.",
        ""
      },
      mixinStandardHelpOptions = true)
  int importModel(
      @Parameters(paramLabel = "FILE", description = "An ONNX file.") Path file,
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
    ModelImport imported =
        new ImportAction(
                file,
                output,
                overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE,
                recognition.options(),
                fold ? Preprocessing.FOLDED : Preprocessing.AS_IS)
            .execute();
    PrintWriter out = spec.commandLine().getOut();
    imported.changes().forEach(out::println);
    Family family = imported.model().family();
    out.printf(
        "%s: %s, input %s%n",
        output, family.name(), imported.model().format().layout().text(imported.model().size()));
    return ExitStatus.DONE;
  }
}
