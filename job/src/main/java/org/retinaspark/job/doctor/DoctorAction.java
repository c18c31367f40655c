package org.retinaspark.job.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.RootCause;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.model.ModelCache;
import org.retinaspark.job.model.ModelFile;

/**
 * Looks at all that a run needs. In local mode no Spark is started; on a cluster an application is,
 * that its executors can look at their machines.
 */
public final class DoctorAction {

  /** Each more than once, since Spark gives tasks to whoever is free. */
  private static final int TASKS_A_SLOT = 3;

  private final DoctorConfig config;
  private final Consumer<Finding> told;
  private final SparkConf settings = new SparkConf();
  private final Configuration hadoop = hadoop(settings);
  private final SparkMaster master = new SparkMaster(settings.get("spark.master", ""));
  private final int tasks = master.localTasks(Runtime.getRuntime().availableProcessors());
  private final List<Finding> findings = new ArrayList<>();

  /**
   * An action.
   *
   * @param told of each finding as it is made: a look may take its time
   */
  DoctorAction(DoctorConfig config, Consumer<Finding> told) {
    this.config = config;
    this.told = told;
  }

  /** Spark's settings for stores, without the patience of a run: nobody waits for a diagnosis. */
  private static Configuration hadoop(SparkConf settings) {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(settings);
    hadoop.setInt("fs.s3a.attempts.maximum", 1);
    hadoop.setInt("fs.s3a.retry.limit", 1);
    hadoop.setInt("fs.s3a.retry.throttle.limit", 1);
    return hadoop;
  }

  /** Looks. Whatever is wrong is a finding. */
  public Diagnosis execute() {
    look(JavaCheck.here());
    look(SparkCheck.here());
    look(MemoryCheck.here(tasks));
    look(ScratchCheck.of(settings));
    look(new CacheCheck(ModelCache.folder()));
    return new Diagnosis(findings, master.isLocal() ? machine() : cluster());
  }

  private String machine() {
    look(CoreCheck.here(tasks));
    look(DecoderCheck.here());
    look(new RuntimeCheck());
    look(GpuCheck.here(Programs.here(), config.provider()));
    model(UnaryOperator.identity())
        .ifPresent(
            model ->
                look(
                    new NetworkCheck(
                        model.description(), model::content, config.provider(), config.device())));
    storage();
    return "Looked at this machine only; with --master of a cluster its executors look at theirs";
  }

  private String cluster() {
    ExecutorMemoryCheck memory = ExecutorMemoryCheck.of(settings);
    look(memory);
    SparkSession spark;
    try {
      spark = SparkSessions.open("retinaspark doctor");
    } catch (RuntimeException failure) {
      tell(
          Finding.problem(
              "cluster",
              "'%s' can't be reached (%s)".formatted(master.url(), RootCause.text(failure)),
              "no run can begin",
              "check the master's address, the network to it, and what its log says"));
      return "Looked at the driver's machine only, since the cluster can't be reached";
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    FileLookup files = new FileLookup(spark.sparkContext());
    Optional<ModelFile> model = model(location -> files.find("--model", location));
    storage();
    ExecutorChecks checks =
        new ExecutorChecks(
            config,
            memory.tasks(),
            context.broadcast(new SerializableConfiguration(hadoop)),
            model.map(ModelFile::description).orElse(null),
            model.map(file -> context.broadcast(file.content())).orElse(null));
    int looks = TASKS_A_SLOT * context.defaultParallelism();
    List<Integer> numbers = IntStream.range(0, looks).boxed().toList();
    ExecutorReport report =
        new ExecutorReport(context.parallelize(numbers, looks).map(checks).collect());
    report.findings().forEach(this::tell);
    return report.scope();
  }

  private Optional<ModelFile> model(UnaryOperator<String> found) {
    ModelCheck check =
        new ModelCheck(
            config.model(),
            FetchPrograms.here(),
            () ->
                ModelFile.read(
                    found.apply(ModelCache.location(config.model())),
                    config.recognition(),
                    hadoop));
    look(check);
    return check.read();
  }

  private void storage() {
    config.inputs().forEach(input -> look(new InputCheck(input, hadoop)));
    config.output().ifPresent(output -> look(new OutputCheck(output, hadoop)));
  }

  private void look(Check check) {
    check.findings().forEach(this::tell);
  }

  private void tell(Finding finding) {
    findings.add(finding);
    told.accept(finding);
  }
}
