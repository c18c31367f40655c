package org.retinaspark.job.doctor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.Provider;

/** Looks at an executor's machine from within: it need not be like the driver's. */
final class ExecutorChecks implements Function<Integer, ExecutorChecks.Seen> {

  private static final long serialVersionUID = 1L;

  private final Provider provider;
  private final int device;
  private final int tasks;
  private final List<String> inputs;
  private final @Nullable String output;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final @Nullable ModelDescription model;
  private final @Nullable Broadcast<byte[]> content;

  /**
   * Checks for a task of each executor.
   *
   * @param tasks at once in an executor
   * @param model the network, if it could be read, with its file
   */
  ExecutorChecks(
      DoctorConfig config,
      int tasks,
      Broadcast<SerializableConfiguration> hadoop,
      @Nullable ModelDescription model,
      @Nullable Broadcast<byte[]> content) {
    this.provider = config.provider();
    this.device = config.device();
    this.tasks = tasks;
    this.inputs = new ArrayList<>(config.inputs());
    this.output = config.output().orElse(null);
    this.hadoop = hadoop;
    this.model = model;
    this.content = content;
  }

  /**
   * What a task saw.
   *
   * @param host the machine
   * @param executor Spark's name of the executor
   * @param findings of it
   */
  record Seen(String host, String executor, List<Finding> findings) implements Serializable {}

  @Override
  public Seen call(Integer ignored) {
    List<Check> checks = new ArrayList<>();
    checks.add(JavaCheck.here());
    checks.add(MemoryCheck.here(tasks));
    checks.add(ScratchCheck.of(SparkEnv.get().conf()));
    checks.add(DecoderCheck.here());
    checks.add(new RuntimeCheck());
    checks.add(GpuCheck.here(Programs.here(), provider));
    if (model != null && content != null) {
      checks.add(new NetworkCheck(model, content::value, provider, assigned()));
    }
    Configuration settings = hadoop.value().value();
    inputs.forEach(input -> checks.add(new InputCheck(input, settings)));
    if (output != null) {
      checks.add(new OutputCheck(output, settings));
    }
    List<Finding> findings = new ArrayList<>();
    checks.forEach(check -> findings.addAll(check.findings()));
    return new Seen(
        SparkEnv.get().blockManager().blockManagerId().host(),
        SparkEnv.get().executorId(),
        findings);
  }

  /** The GPU that Spark gave to this task; else the user's. */
  private int assigned() {
    ResourceInformation gpu = TaskContext.get().resourcesJMap().get("gpu");
    return gpu == null ? device : Integer.parseInt(gpu.addresses()[0]);
  }
}
