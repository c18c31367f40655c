package org.retinaspark.job.detect;

import java.util.List;
import java.util.stream.Stream;
import org.retinaspark.job.Invocation;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.job.options.DeclaredOptions;
import org.retinaspark.job.options.RunOptions;
import org.retinaspark.job.progress.ProgressStyle;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.model.RecognitionOptions;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What {@code detect} is to do: the options of the command line themselves. An option is declared
 * once, as a field with its name, default, range and help, here or in one of the parts, and used
 * where it has its effect; {@link DecidesRows} has it recorded and compared.
 */
public final class DetectConfig {

  @Mixin private SourceOptions source = new SourceOptions();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private NetworkOptions network = new NetworkOptions();

  @Mixin private ProtocolOptions protocol = new ProtocolOptions();

  @DecidesRows
  @Option(
      names = "--score-threshold",
      paramLabel = "X",
      description =
          "A face needs a score above it, 0 to below 1 (default: ${DEFAULT-VALUE}, for"
              + " benchmarks).")
  private float scoreThreshold = Thresholds.WIDER_FACE.score();

  @DecidesRows
  @Option(
      names = "--nms-threshold",
      paramLabel = "X",
      description =
          "IoU above which two boxes are of one face: the lesser is dropped, or they vote (default:"
              + " ${DEFAULT-VALUE}).")
  private float overlapThreshold = Thresholds.WIDER_FACE.intersectionOverUnion();

  @DecidesRows
  @Option(
      names = "--top-k",
      paramLabel = "N",
      description =
          "Candidates of each network input that are merged to faces, the best (default:"
              + " ${DEFAULT-VALUE}).")
  private int candidates = Thresholds.WIDER_FACE.candidates();

  @DecidesRows
  @Option(
      names = "--max-faces",
      paramLabel = "N",
      description = "Faces an image, at most, the best (default: ${DEFAULT-VALUE}).")
  private int faces = Thresholds.WIDER_FACE.faces();

  @DecidesRows
  @Option(
      names = "--min-face",
      paramLabel = "PIXELS",
      description = "Shorter side that a face must have in the image (default: 0, any).")
  private float minimumFace = Thresholds.WIDER_FACE.minimumFace();

  @Mixin private DetailOptions details = new DetailOptions();

  @Mixin private TableOptions table = new TableOptions();

  @Mixin private RunOptions run = new RunOptions();

  private Invocation invocation = new Invocation(List.of());

  /** All defaults; picocli sets what is given. */
  DetectConfig() {}

  /**
   * What these arguments of {@code detect} say.
   *
   * @throws UsageException naming the option, its value and what it may be
   * @throws CommandLine.ParameterException if they are not such arguments
   */
  public static DetectConfig of(String... arguments) {
    DetectConfig config = new DetectConfig();
    new CommandLine(config).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    config.requireValid();
    config.invokedBy(Stream.concat(Stream.of("detect"), Stream.of(arguments)).toList());
    return config;
  }

  /**
   * The part of another command that looks at its images: a run that goes on with what is there.
   *
   * @param output the folder of its table
   */
  public static DetectConfig within(
      SourceOptions source,
      ReadingOptions reading,
      NetworkOptions network,
      RunOptions run,
      String output,
      Invocation invocation) {
    DetectConfig config = new DetectConfig();
    config.source = source;
    config.reading = reading;
    config.network = network;
    config.run = run;
    config.table = TableOptions.resuming(output);
    config.invocation = invocation;
    config.requireValid();
    return config;
  }

  /** Notes the command line that these options are of. */
  void invokedBy(List<String> arguments) {
    invocation = new Invocation(arguments);
  }

  /** The command line that these options are of. */
  Invocation invocation() {
    return invocation;
  }

  /**
   * Checks all values, before anything is opened.
   *
   * @throws UsageException naming the option, its value and what it may be
   */
  void requireValid() {
    try {
      DeclaredOptions.of(this).requireValid();
      source.requireValid();
      reading.requireValid();
      table.policy();
      table.updated();
      // Before the models are looked for, which the user may have to fetch.
      details.requireValid();
      protocol();
      thresholds();
      network.requireValid();
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage() + ": nothing was done", wrong);
    }
  }

  /** Where the images are. */
  SourceOptions source() {
    return source;
  }

  /** How a file becomes pixels. */
  ReadingOptions reading() {
    return reading;
  }

  /** Where the faces go. */
  TableOptions table() {
    return table;
  }

  /** Which model looks for them, and where it runs. */
  NetworkOptions network() {
    return network;
  }

  /**
   * Where the model is.
   *
   * @throws UsageException if it is a name, and the cache doesn't have that model
   */
  public String model() {
    return network.model();
  }

  /** What the user says of the model that its file doesn't. */
  public RecognitionOptions recognition() {
    return network.recognition();
  }

  /** How an image becomes network input. */
  public Protocol protocol() {
    return protocol.protocol();
  }

  /** What becomes of the network's candidates. */
  Thresholds thresholds() {
    return new Thresholds(scoreThreshold, overlapThreshold, candidates, faces, minimumFace);
  }

  /** What is told of each face beside score, box and landmarks. */
  DetailOptions details() {
    return details;
  }

  /** Share of failed images, from 0 to 1, above which the run has failed. */
  public double maximumFailureRate() {
    return run.maximumFailureRate();
  }

  /** How the run tells how far it is. */
  ProgressStyle progress() {
    return run.progress();
  }
}
