package org.retinaspark.job;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.FileNameEncoding;
import org.retinaspark.io.Secrets;
import org.retinaspark.job.crop.CropCommand;
import org.retinaspark.job.demo.DemoCommand;
import org.retinaspark.job.detect.DetectCommand;
import org.retinaspark.job.doctor.DoctorCommand;
import org.retinaspark.job.evaluate.EvaluateCommand;
import org.retinaspark.job.export.ExportCommand;
import org.retinaspark.job.leaderboard.LeaderboardCommand;
import org.retinaspark.job.model.ModelCommand;
import org.retinaspark.job.preview.PreviewCommand;
import org.retinaspark.job.train.TrainCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Nothing else prints an error to the user or ends the process. */
@Command(
    name = "retinaspark",
    description = {"Finds faces in very large image datasets: RetinaFace on Apache Spark.", ""},
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      DetectCommand.class,
      EvaluateCommand.class,
      LeaderboardCommand.class,
      ExportCommand.class,
      PreviewCommand.class,
      CropCommand.class,
      TrainCommand.class,
      ModelCommand.class,
      DoctorCommand.class,
      DemoCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Options of spark-submit (--master, --conf, --driver-memory and the like) may stand"
          + " anywhere.",
      "Exit status: 0 done; 1 a fault of ours or of the cluster; 2 the command line or the"
          + " configuration is wrong; 3 the data is, such as too many failed images"
          + " (--max-failure-rate)."
    })
public final class Main implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private static final String STANDALONE_DRIVER = "org.apache.spark.deploy.worker.DriverWrapper";

  @Spec private CommandSpec spec;

  /**
   * Runs one command, and tells its {@link ExitStatus} to who started it: Spark's submission and
   * YARN take a return for success, an exception of theirs for another status, and the end of the
   * process for a crash, after which YARN would begin again; a shell takes the process's status.
   *
   * @throws SparkUserAppException with the status, if Java code called this and all is not well
   */
  public static void main(String[] arguments) throws SparkUserAppException {
    PrintWriter output = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(output, errors, arguments);
    output.flush();
    errors.flush();
    SparkSession.getDefaultSession()
        .foreach(
            session -> {
              session.stop();
              return null;
            });
    if (isStartedByJvm()) {
      System.exit(status);
    }
    if (status != ExitStatus.DONE) {
      throw new SparkUserAppException(status, null);
    }
  }

  /**
   * Whether nobody is there to take an exception: {@code java} called {@link #main}, or the driver
   * of a standalone cluster did, which has no use for one.
   */
  private static boolean isStartedByJvm() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getClassName)
                    .allMatch(
                        name ->
                            name.equals(Main.class.getName())
                                || name.startsWith(STANDALONE_DRIVER)));
  }

  /** Runs one command, for callers that go on living. */
  public static int run(PrintWriter output, PrintWriter errors, String... arguments) {
    CommandLine command =
        withHeadings(new CommandLine(new Main()))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(output)
            .setErr(errors)
            .setExecutionStrategy(Main::execute)
            .setParameterExceptionHandler(Main::reportMisuse)
            .setExecutionExceptionHandler(Main::reportFailure);
    try {
      return command.execute(arguments);
    } catch (NoClassDefFoundError missing) { // picocli hands exceptions over, and no errors
      return reportFailure(new IllegalStateException(missing), command, command.getParseResult());
    }
  }

  private static CommandLine withHeadings(CommandLine command) {
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionsUnderHeadings());
    command.getSubcommands().values().forEach(Main::withHeadings);
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int execute(CommandLine.ParseResult parsed) {
    try {
      Credentials.requireNone(parsed.expandedArgs());
      parsed.expandedArgs().forEach(FileNameEncoding.HERE::requireReadable);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(parsed.commandSpec().commandLine(), refused.getMessage());
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int reportMisuse(ParameterException misuse, String[] arguments) {
    CommandLine command = misuse.getCommandLine();
    command.getErr().println("retinaspark: " + Secrets.hide(String.valueOf(misuse.getMessage())));
    command
        .getErr()
        .println("'" + command.getCommandSpec().qualifiedName() + " --help' tells the options.");
    return ExitStatus.USAGE;
  }

  private static int reportFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    boolean resumes = command.getCommandSpec().optionsMap().containsKey("--resume");
    CommandFailure end =
        CommandFailure.of(failure, resumes ? "go on with --resume" : "begin again");
    if (end.status() == ExitStatus.FAULT && Interruption.isUnderWay()) {
      return ExitStatus.FAULT; // Spark ends in the middle of its work; the user knows why
    }
    if (end.status() == ExitStatus.FAULT) {
      LOG.error("{} failed", command.getCommandSpec().qualifiedName(), failure);
    }
    command.getErr().println("retinaspark: " + Secrets.hide(end.line()));
    return end.status();
  }

  /** What {@code --version} prints. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      Build build = Build.current();
      return new String[] {"retinaspark " + build.version() + " (" + build.commit() + ")"};
    }
  }
}
