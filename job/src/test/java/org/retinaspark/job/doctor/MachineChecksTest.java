package org.retinaspark.job.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.udf.image.ImageFormat;
import org.retinaspark.udf.image.heif.HeifDecoder;

/** Java, Spark, memory, cores, libraries and disks, as they should be and not. */
class MachineChecksTest {

  private static final long GIBIBYTE = 1L << 30;

  @TempDir private Path folder;

  @Test
  void thisJavaHasWhatSparkNeeds() {
    assertThat(only(JavaCheck.here())).satisfies(MachineChecksTest::isOk);
  }

  @Test
  void namesClosedPackagesAndForeignPlatforms() {
    Finding closed = only(new JavaCheck("17", "Linux amd64", Set.of("java.nio", "java.lang")));
    assertThat(closed.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(closed.found()).contains("java.lang").contains("java.nio");
    assertThat(closed.remedy()).contains("bin/retinaspark or spark-submit");

    assertThat(only(new JavaCheck("17", "Linux x86", Set.of())).isProblem()).isTrue();
    assertThat(only(new JavaCheck("17", "Linux aarch64", Set.of())).verdict())
        .isEqualTo(Verdict.OK);
  }

  @Test
  void comparesLinesOfSpark() {
    assertThat(only(new SparkCheck("4.2.1", "4.2.0", "3.5.0")).verdict()).isEqualTo(Verdict.OK);
    assertThat(only(new SparkCheck("4.1.0", "4.2.0", "3.4.2")).verdict())
        .isEqualTo(Verdict.WARNING);
    Finding old = only(new SparkCheck("3.5.6", "4.2.0", "3.3.4"));
    assertThat(old.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(old.remedy()).contains("use a Spark 4.2");
  }

  @Test
  void comparesMemoryWithWhatTasksNeed() {
    assertThat(only(new MemoryCheck(GIBIBYTE, 8 * GIBIBYTE, 2)).verdict()).isEqualTo(Verdict.OK);

    Finding small = only(new MemoryCheck(GIBIBYTE, 64 * GIBIBYTE, 16));
    assertThat(small.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(small.remedy()).contains("--driver-memory 8g");

    Finding tight = only(new MemoryCheck(2 * GIBIBYTE, 3 * GIBIBYTE, 4));
    assertThat(tight.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(tight.meaning()).contains("together");

    assertThat(only(new MemoryCheck(4 * GIBIBYTE, 2 * GIBIBYTE, 1)).isProblem()).isTrue();
  }

  @Test
  void readsAnExecutorsMemoryFromTheSettings() {
    SparkConf yarn =
        new SparkConf(false)
            .set("spark.master", "yarn")
            .set("spark.executor.cores", "4")
            .set("spark.executor.memory", "2g");
    assertThat(ExecutorMemoryCheck.of(yarn))
        .isEqualTo(new ExecutorMemoryCheck(2 * GIBIBYTE, 384L << 20, 4, true));
    assertThat(only(ExecutorMemoryCheck.of(yarn)).remedy())
        .contains("spark.executor.memoryOverhead=2g");

    yarn.set("spark.executor.memoryOverhead", "2g");
    assertThat(only(ExecutorMemoryCheck.of(yarn)).verdict()).isEqualTo(Verdict.OK);

    yarn.set("spark.executor.memory", "1g");
    assertThat(only(ExecutorMemoryCheck.of(yarn)).remedy()).contains("--executor-memory 2g");

    SparkConf standalone =
        new SparkConf(false).set("spark.master", "spark://a:7077").set("spark.executor.cores", "2");
    assertThat(only(ExecutorMemoryCheck.of(standalone)).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void warnsOfMoreTasksThanCores() {
    assertThat(only(new CoreCheck(4, 4)).verdict()).isEqualTo(Verdict.OK);
    assertThat(only(new CoreCheck(4, 8)).remedy()).contains("local[4,4]");
  }

  @Test
  void knowsWhereSparkRunsTasks() {
    assertThat(new SparkMaster("").localTasks(8)).isEqualTo(8);
    assertThat(new SparkMaster("local").localTasks(8)).isEqualTo(1);
    assertThat(new SparkMaster("local[*,4]").localTasks(8)).isEqualTo(8);
    assertThat(new SparkMaster("local[3]").localTasks(8)).isEqualTo(3);
    assertThat(new SparkMaster("local-cluster[2,1,1024]").isLocal()).isFalse();
    assertThat(new SparkMaster("spark://a:7077").localTasks(8)).isZero();
    assertThat(new SparkMaster("k8s://https://a").isLocal()).isFalse();
  }

  @Test
  void saysWhatMissingLibrariesMean() {
    DecoderCheck bare =
        new DecoderCheck(
            false,
            false,
            Map.of(
                ImageFormat.HEIC,
                new HeifDecoder.Obstacle("libheif can't be loaded here", "install libheif")));

    assertThat(bare.findings())
        .extracting(Finding::verdict)
        .containsOnly(Verdict.WARNING)
        .hasSize(3);
    assertThat(bare.findings())
        .extracting(Finding::subject)
        .containsExactly("libturbojpeg", "libwebp", "libheif");
    assertThat(bare.findings().get(0).remedy()).contains("libturbojpeg0");
    assertThat(bare.findings().get(2).meaning()).contains("HEIC").contains("decode/unsupported");
    assertThat(new DecoderCheck(true, true, Map.of()).findings())
        .allSatisfy(MachineChecksTest::isOk)
        .hasSize(3);
  }

  @Test
  void loadsTheRuntime() {
    assertThat(only(new RuntimeCheck())).satisfies(MachineChecksTest::isOk);
  }

  @Test
  void triesLocalFolders() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    List<Finding> findings = new ScratchCheck(Set.of(file.resolve("below"))).findings();
    assertThat(findings).singleElement().satisfies(f -> assertThat(f.isProblem()).isTrue());
    assertThat(findings.get(0).remedy()).contains("spark.local.dir");

    Path fresh = folder.resolve("fresh");
    assertThat(only(new ScratchCheck(Set.of(fresh))).found()).contains("free");
    assertThat(fresh).isEmptyDirectory();
  }

  @Test
  void looksIntoTheCache() throws IOException {
    assertThat(only(new CacheCheck(folder.resolve("a/b"))).found()).contains("not there yet");
    Files.writeString(folder.resolve("one.onnx"), "");
    assertThat(only(new CacheCheck(folder)).found()).endsWith("has one.onnx");

    Finding file = only(new CacheCheck(folder.resolve("one.onnx/cache")));
    assertThat(file.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(file.remedy()).contains("RETINASPARK_CACHE");
  }

  @Test
  void aCheckThatFailsIsAProblemOfItsOwn() {
    Check broken =
        new Check() {
          @Override
          public String subject() {
            return "moon";
          }

          @Override
          public List<Finding> look() {
            throw new IllegalStateException("it is not there");
          }
        };

    assertThat(only(broken).found()).contains("it is not there");
    assertThat(only(broken).isProblem()).isTrue();
  }

  private static Finding only(Check check) {
    assertThat(check.findings()).hasSize(1);
    return check.findings().get(0);
  }

  private static void isOk(Finding finding) {
    assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.OK);
  }
}
