package org.retinaspark.job.leaderboard;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.io.table.SparkAttempt;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Interruption;
import org.retinaspark.job.Invocation;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.udf.catalogue.KnownModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.Unmatched;

/** {@code leaderboard} on the command line. */
@Command(
    name = "leaderboard",
    description =
        "Measures models under protocols on photos with a ground truth: AP, speed, licence, and"
            + " what was published.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis =
        "retinaspark leaderboard --input URI... --ground-truth DIR --output URI%n"
            + "         [--model URI|NAME]... [--protocol LIST]...%n"
            + "         [OPTIONS] [OPTIONS OF detect]%n",
    footer = {
      "",
      "Writes leaderboard.md and leaderboard.json: AP by subset, images a second, faces, size and"
          + " licence, a table a protocol, published figures beside those of the same protocol; and"
          + " below tables/ the detections of each cell.",
      "All other options are those of 'detect', and hold for every cell: --provider,"
          + " --score-threshold, --batching, --input-format, ... ('detect --help'). --orientation"
          + " ignore is set: the ground truth is in the frame of the stored pixels.",
      "A cell that can't be measured has its reason in the table; the others are done, and the exit"
          + " status is that of the gravest.",
      "",
      "Examples:",
      "  bin/retinaspark leaderboard --input val/images --ground-truth val/truth \\",
      "      --model retinaface-mnet025 --model scrfd.onnx --protocol original,vga \\",
      "      --output board",
      "  ... --protocol original --protocol 'custom --short-side 800' --resume"
    })
public final class LeaderboardCommand implements Callable<Integer> {

  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description =
          "The photos, as 'detect' takes them; may be repeated. All are searched, also those that"
              + " --images leaves out.")
  private List<String> inputs = List.of();

  @Option(
      names = "--ground-truth",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the ground truth, as 'evaluate' takes it.")
  private String groundTruth = "";

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split to evaluate (default: ${DEFAULT-VALUE}).")
  private String split = "val";

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "Evaluate only the images that this file lists, one a line.")
  private @Nullable String images;

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      defaultValue = "matlab-double",
      converter = DialectName.class,
      description = "Whose rules, as 'evaluate' takes it (default: ${DEFAULT-VALUE}).")
  private Dialect dialect = Dialect.MATLAB_DOUBLE;

  @Option(
      names = "--model",
      paramLabel = "URI|NAME",
      defaultValue = KnownModel.DEFAULT,
      description =
          "A model, as 'detect' takes it; repeat it for each. One that takes a single size is made"
              + " to take any, as by 'model import' (default: ${DEFAULT-VALUE}).")
  private List<String> models = List.of();

  @Option(
      names = "--protocol",
      paramLabel = "LIST",
      defaultValue = "original",
      description =
          "Protocols, as 'detect' takes them, parted by commas; or one with options of its own, in"
              + " quotes. May be repeated (default: ${DEFAULT-VALUE}).")
  private List<String> protocols = List.of();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description =
          "The folder to write; it must not exist or be empty, or see --resume and --overwrite.")
  private String output = "";

  @Option(
      names = "--resume",
      description =
          "Go on with the leaderboard at --output: a cell whose table is whole, with the same"
              + " settings and the same model, is not run again.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description =
          "Begin again with the leaderboard at --output; tables of cells that are not in the new"
              + " one stay.")
  private boolean overwrite;

  @Unmatched private List<String> detectOptions = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    CommandSpec command = Objects.requireNonNull(spec, "picocli sets the spec");
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    LeaderboardConfig config = config(policy());
    // What the options of detect are wrong in is told before Spark starts.
    config.requireValid();
    SparkSession spark = SparkSessions.open("retinaspark leaderboard " + String.join(" ", inputs));
    boolean startedAnew = SparkAttempt.of(spark.sparkContext()).number() > 1;
    Invocation invocation =
        new Invocation(command.root().commandLine().getParseResult().originalArgs());
    try (Interruption watch = Interruption.watch(err, invocation.wayOn(output))) {
      LeaderboardResult result =
          new LeaderboardAction(spark, startedAnew ? config(TablePolicy.RESUME) : config, err)
              .execute();
      out.print(result.text());
      out.println();
      out.println("leaderboard: " + result.page());
      if (!result.failed().isEmpty()) {
        err.printf(
            "retinaspark: %d of %d cells have no number:%n",
            result.failed().size(), result.cells());
        result.failed().stream().distinct().forEach(reason -> err.println("  " + reason));
      }
      return result.status();
    } catch (GroundTruthException | DetectionException wrong) {
      err.println("retinaspark: " + wrong.getMessage());
      return ExitStatus.DATA;
    }
  }

  private TablePolicy policy() {
    if (overwrite && resume) {
      throw new UsageException(
          "--overwrite begins again and --resume goes on: nothing was done. Give one of them");
    }
    return overwrite ? TablePolicy.OVERWRITE : resume ? TablePolicy.RESUME : TablePolicy.CREATE;
  }

  private LeaderboardConfig config(TablePolicy policy) {
    return new LeaderboardConfig(
        inputs,
        groundTruth,
        split,
        images,
        dialect,
        models,
        protocols.stream().flatMap(LeaderboardCommand::parted).toList(),
        output,
        policy,
        detectOptions);
  }

  /** The commas behind a protocol's own options are theirs. */
  private static Stream<String> parted(String protocols) {
    return protocols.contains("--")
        ? Stream.of(protocols.strip())
        : Stream.of(protocols.split(",")).map(String::strip);
  }

  /** A dialect by its label. */
  static final class DialectName implements ITypeConverter<Dialect> {

    @Override
    public Dialect convert(String name) {
      return Arrays.stream(Dialect.values())
          .filter(dialect -> dialect.label().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is unknown; it may be %s"
                          .formatted(
                              name,
                              Arrays.stream(Dialect.values())
                                  .map(Dialect::label)
                                  .collect(Collectors.joining(", ")))));
    }
  }
}
