package org.retinaspark.job.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.folders.PassedOver;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.job.Build;
import org.retinaspark.job.progress.Tail;
import org.retinaspark.udf.image.jpeg.JpegEngine;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.spark.UsedExecutors;

/**
 * What {@code _run.json} says of a run: all that makes its table repeatable and its figures
 * comparable.
 *
 * @param started when the process began that published the table
 * @param ended when the rows were published
 * @param command the command line of that process, without secrets
 * @param settings all that decided the rows
 * @param cluster where that process had its work done
 * @param batchSize images that a task gave to the network together
 * @param provider where the network ran in the first executor
 * @param jpegDecoder which library decoded JPEG on the driver's machine
 * @param executors what each executor of this process computed with, by its id
 * @param committer of the table's files, where it says its name, as S3A's committers do
 * @param sessions ONNX Runtime sessions opened
 * @param versions of all that has one
 * @param counts what the table holds
 * @param work how its rows came about
 * @param damaged what of the run was damaged in between, so that it was done again
 * @param seconds from the first task to the table
 * @param publishingSeconds of them, from the last chunk to the table
 * @param imagesPerSecond images of this process a second
 * @param sittings of all processes that worked on the run, the last one being this
 * @param stageSeconds where the time of this process's tasks went, by stage
 * @param tail how this process's tasks ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunManifest(
    String started,
    String ended,
    String command,
    @JsonUnwrapped RunSettings settings,
    ClusterUse cluster,
    String batching,
    int batchSize,
    String provider,
    String jpegDecoder,
    Map<String, UsedExecutors.Use> executors,
    @Nullable String committer,
    long sessions,
    Map<String, String> versions,
    Counts counts,
    DetectResult.Work work,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TableDraft.Damage> damaged,
    double seconds,
    double publishingSeconds,
    double imagesPerSecond,
    List<TableDraft.Sitting> sittings,
    Map<String, Double> stageSeconds,
    Tail tail) {

  /**
   * What the table holds, and what the input has besides.
   *
   * @param failures failed rows by reason
   * @param passedOver files of the input that got no row, by reason
   * @param membersPassedOver members that got no row, of the archives that this process read
   */
  record Counts(
      long images,
      long failed,
      long faces,
      Map<String, Long> failures,
      Map<String, Long> passedOver,
      Map<String, Long> membersPassedOver) {

    static Counts of(DetectResult result, PassedOver files, PassedOver members) {
      return new Counts(
          result.images(),
          result.failed(),
          result.faces(),
          new TreeMap<>(result.failures()),
          files.byLabel(),
          members.byLabel());
    }
  }

  static Map<String, String> versions(SparkSession spark) {
    Map<String, String> versions = Build.versions(spark);
    versions.put("onnxRuntime", Engine.runtimeVersion());
    return versions;
  }

  static String jpegDecoderHere() {
    return JpegEngine.fastest().label();
  }
}
