package org.retinaspark.job.doctor;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.Secrets;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.model.RecognitionArguments;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.runtime.Provider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor} on the command line. */
@Command(
    name = "doctor",
    description = {
      "Looks at what a run needs, and says what to do about each problem: Java, Spark, memory,"
          + " cores, image libraries, GPU, model, local disk, storage.",
      "Exit status: 0 if a run can work, warnings or not; 2 if there is a problem.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      paramLabel = "URI|NAME",
      defaultValue = KnownModel.DEFAULT,
      description = "As that of 'detect' (default: ${DEFAULT-VALUE}).")
  private String model = KnownModel.DEFAULT;

  @Mixin private RecognitionArguments recognition = new RecognitionArguments();

  @Option(
      names = "--provider",
      paramLabel = "auto|cpu|cuda|tensorrt",
      defaultValue = "auto",
      description =
          "Where the network is to run; with cuda or tensorrt a GPU that can't be used is a problem"
              + " (default: ${DEFAULT-VALUE}).")
  private Provider provider = Provider.AUTO;

  @Option(
      names = "--device",
      paramLabel = "N",
      description =
          "Index of the GPU, where Spark assigns none to the task (default: ${DEFAULT-VALUE}).")
  private int device;

  @Option(
      names = "--input",
      paramLabel = "URI",
      description = "A place of images, which is listed, and of which a file's head is read.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "A place for a table, where a small file is written and deleted.")
  private @Nullable String output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    DoctorConfig config =
        new DoctorConfig(
            model, recognition.options(), provider, device, inputs, Optional.ofNullable(output));
    Diagnosis diagnosis =
        new DoctorAction(config, finding -> print(out, FindingText.of(finding))).execute();
    print(out, diagnosis.summary());
    return diagnosis.isSound() ? ExitStatus.DONE : ExitStatus.USAGE;
  }

  /** What stores say may have signatures in it. */
  private static void print(PrintWriter out, String text) {
    out.println(Secrets.hide(text));
    out.flush();
  }
}
