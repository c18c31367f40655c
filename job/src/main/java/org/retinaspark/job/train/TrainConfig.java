package org.retinaspark.job.train;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.retinaspark.job.Invocation;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.detect.DetectConfig;
import org.retinaspark.job.detect.NetworkOptions;
import org.retinaspark.job.detect.ReadingOptions;
import org.retinaspark.job.detect.SourceOptions;
import org.retinaspark.job.options.DeclaredOptions;
import org.retinaspark.job.options.RunOptions;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** What {@code train} is to do: the options of the command line themselves. */
final class TrainConfig {

  @Mixin private SourceOptions source = new SourceOptions();

  @Mixin private LabelOptions labels = new LabelOptions();

  @Mixin private FitOptions fit = new FitOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Mixin private ViewOptions views = new ViewOptions();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private NetworkOptions network = new NetworkOptions();

  @Mixin private RunOptions run = new RunOptions();

  private Invocation invocation = new Invocation(List.of());

  /** All defaults; picocli sets what is given. */
  TrainConfig() {}

  /**
   * What these arguments of {@code train} say.
   *
   * @throws UsageException naming the option, its value and what it may be
   * @throws CommandLine.ParameterException if they are not such arguments
   */
  static TrainConfig of(String... arguments) {
    TrainConfig config = new TrainConfig();
    new CommandLine(config).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    config.requireValid();
    config.invokedBy(Stream.concat(Stream.of("train"), Stream.of(arguments)).toList());
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
      labels.requireValid();
      views.requireValid();
      fit.requireValid();
      looking("unused");
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage() + ": nothing was done", wrong);
    }
  }

  /**
   * The run of {@code detect} that looks at the photos. Failed photos are judged by this command.
   *
   * @param table the folder for what it finds
   */
  DetectConfig looking(String table) {
    return DetectConfig.within(
        source, reading, network, RunOptions.tolerant(run.progress()), table, invocation);
  }

  /** The values of the options that decide samples, by option. */
  Map<String, String> decidingSamples() {
    Map<String, Object> values = DeclaredOptions.of(this).decidingRows();
    return SamplesFolder.named(values);
  }

  SourceOptions source() {
    return source;
  }

  NetworkOptions network() {
    return network;
  }

  LabelOptions labels() {
    return labels;
  }

  FitOptions fit() {
    return fit;
  }

  OutputOptions output() {
    return output;
  }

  ViewOptions views() {
    return views;
  }

  /** Share of failed photos, from 0 to 1, above which nothing is fitted. */
  double maximumFailureRate() {
    return run.maximumFailureRate();
  }
}
