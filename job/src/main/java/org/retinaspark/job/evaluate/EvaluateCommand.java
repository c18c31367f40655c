package org.retinaspark.job.evaluate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.evaluate.mesh.VertexAction;
import org.retinaspark.job.evaluate.mesh.VertexConfig;
import org.retinaspark.job.evaluate.mesh.VertexEvaluation;
import org.retinaspark.job.measures.EvaluationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate} on the command line. */
@Command(
    name = "evaluate",
    description = {
      "Computes a benchmark on detections that are already made: average precision on WIDER FACE,"
          + " the errors of points and head pose on AFLW2000-3D, or how far meshes lie from those of"
          + " another table.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

  @Option(
      names = "--detections",
      required = true,
      paramLabel = "URI",
      description = "The table that 'detect' wrote, or a folder of <event>/<image>.txt.")
  private String detections = "";

  @Option(
      names = "--benchmark",
      paramLabel = "NAME",
      defaultValue = "widerface",
      description = "The benchmark: widerface, aflw2000 or mesh (default: widerface).")
  private String benchmark = "widerface";

  @Option(
      names = "--ground-truth",
      paramLabel = "DIR",
      description = {
        "The folder of wider_face_<split>.mat and wider_{easy,medium,hard}_<split>.mat, or of",
        "wider_face_<split>_bbx_gt.txt; a label.txt of RetinaFace there adds landmarks. For"
            + " aflw2000",
        "the folder of image00002.mat and so on."
      })
  private @Nullable String groundTruth;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = {
        "Write metrics.json there, for widerface and mesh index.html, and for widerface",
        "metrics.parquet and curves.parquet."
      })
  private @Nullable String report;

  @Option(names = "--overwrite", description = "Replace a report that stands there.")
  private boolean overwrite;

  @Mixin private WiderOptions wider = new WiderOptions();

  @Mixin private MeshOptions mesh = new MeshOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Work work = work(Choice.of(BenchmarkName.class, "--benchmark", benchmark));
    SparkSession spark = SparkSessions.open("retinaspark evaluate " + detections);
    try {
      Report written = report == null ? null : new Report(spark, report);
      if (written != null) {
        written.requireApart(detections, work.truth());
        written.requireWritable(overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE);
      }
      work.run(spark, written);
    } catch (GroundTruthException | DetectionException | EvaluationException wrong) {
      spec().commandLine().getErr().println("retinaspark: " + wrong.getMessage());
      return ExitStatus.DATA;
    } catch (FileNotFoundException missing) {
      throw new UsageException(
          "%s; nothing was evaluated, check the path".formatted(missing.getMessage()), missing);
    }
    if (report != null) {
      spec().commandLine().getOut().println("report: " + report);
    }
    return ExitStatus.DONE;
  }

  /**
   * What is done once everything that can be checked without Spark is.
   *
   * @param truth what detections are compared with
   * @param benchmark that computes it
   */
  private record Work(String truth, Benchmark benchmark) {
    void run(SparkSession spark, @Nullable Report written) throws IOException {
      benchmark.run(spark, written);
    }
  }

  private interface Benchmark {
    void run(SparkSession spark, @Nullable Report written) throws IOException;
  }

  private Work work(BenchmarkName chosen) {
    return switch (chosen) {
      case WIDERFACE -> {
        requireNoneOf(options(MeshOptions.class), "mesh", chosen);
        EvaluateConfig config = wider.config(detections, groundTruth(), report);
        yield new Work(config.groundTruth(), (spark, written) -> evaluate(spark, config, written));
      }
      case AFLW2000 -> {
        requireNoneOf(options(WiderOptions.class), "widerface", chosen);
        requireNoneOf(options(MeshOptions.class), "mesh", chosen);
        AflwConfig config = new AflwConfig(detections, groundTruth());
        yield new Work(config.groundTruth(), (spark, written) -> evaluate(spark, config, written));
      }
      case MESH -> {
        requireNoneOf(options(WiderOptions.class), "widerface", chosen);
        requireNoneOf(Set.of("--ground-truth"), "widerface and aflw2000", chosen);
        VertexConfig config = mesh.config(detections);
        yield new Work(config.reference(), (spark, written) -> evaluate(spark, config, written));
      }
    };
  }

  private String groundTruth() {
    if (groundTruth == null || groundTruth.isBlank()) {
      throw new UsageException(
          "--ground-truth is missing, and there is nothing to compare detections with: nothing was evaluated; name the folder of labels");
    }
    return groundTruth;
  }

  private void evaluate(SparkSession spark, EvaluateConfig config, @Nullable Report written)
      throws IOException {
    String compare = wider.compare();
    ReportJson.Stored other = compare == null ? null : new Report(spark, compare).read();
    Instant start = Instant.now();
    Evaluation evaluation = new EvaluateAction(spark, config).execute();
    Duration work = Duration.between(start, Instant.now());
    Comparison comparison = other == null ? null : Comparison.of(evaluation, other);
    print(new TerminalTable(evaluation).lines());
    if (comparison != null) {
      print(comparison.lines());
    }
    printTime(work);
    if (written != null) {
      written.write(evaluation, wider.input(), comparison);
    }
  }

  private void evaluate(SparkSession spark, AflwConfig config, @Nullable Report written)
      throws IOException {
    if (written != null) {
      written.requireNone(
          List.of(Report.PAGE, Report.METRICS_TABLE, Report.CURVES_TABLE), "aflw2000");
    }
    Instant start = Instant.now();
    AflwEvaluation evaluation = new AflwAction(spark, config).execute();
    Duration work = Duration.between(start, Instant.now());
    print(new AflwTable(evaluation).lines());
    printTime(work);
    if (written != null) {
      written.write(AflwJson.write(evaluation));
    }
  }

  private void evaluate(SparkSession spark, VertexConfig config, @Nullable Report written)
      throws IOException {
    if (written != null) {
      written.requireApart(config.reference(), config.reference());
      written.requireNone(List.of(Report.METRICS_TABLE, Report.CURVES_TABLE), "mesh");
    }
    Instant start = Instant.now();
    VertexEvaluation evaluation = new VertexAction(spark, config).execute();
    Duration work = Duration.between(start, Instant.now());
    print(evaluation.lines());
    printTime(work);
    if (written != null) {
      byte[] json = evaluation.json();
      written.write(json, evaluation.page(json));
    }
  }

  private void print(List<String> lines) {
    lines.forEach(spec().commandLine().getOut()::println);
  }

  private void printTime(Duration work) {
    spec()
        .commandLine()
        .getOut()
        .printf(Locale.ROOT, "evaluated in %.1f s after start-up%n", work.toMillis() / 1e3);
  }

  /** The options that only some benchmark has. */
  private Set<String> options(Class<?> mixed) {
    return spec().mixins().values().stream()
        .filter(mixin -> mixed.isInstance(mixin.userObject()))
        .flatMap(mixin -> mixin.optionsMap().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void requireNoneOf(Set<String> options, String theirs, BenchmarkName chosen) {
    List<String> given =
        options.stream().filter(spec().commandLine().getParseResult()::hasMatchedOption).toList();
    if (!given.isEmpty()) {
      throw new UsageException(
          "%s %s for --benchmark %s, and there is nothing of the kind on %s: nothing was evaluated; leave %s away"
              .formatted(
                  String.join(", ", given),
                  given.size() == 1 ? "is" : "are",
                  theirs,
                  chosen.name().toLowerCase(Locale.ROOT),
                  given.size() == 1 ? "it" : "them"));
    }
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec, "picocli sets the spec");
  }
}
