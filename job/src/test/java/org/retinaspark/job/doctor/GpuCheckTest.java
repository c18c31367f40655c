package org.retinaspark.job.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.udf.runtime.Provider;

class GpuCheckTest {

  private static final Set<Provider> CPU_BUILD = EnumSet.of(Provider.CPU);
  private static final Set<Provider> GPU_BUILD = EnumSet.allOf(Provider.class);
  private static final List<String> A10 = List.of("0, NVIDIA A10, 23028 MiB, 550.54.15");

  @TempDir private Path folder;

  @Test
  void noGpuIsFineUntilOneIsAskedFor() {
    assertThat(look(List.of(), CPU_BUILD, List.of(), Provider.AUTO).verdict())
        .isEqualTo(Verdict.OK);

    Finding asked = look(List.of(), GPU_BUILD, List.of(), Provider.CUDA);
    assertThat(asked.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(asked.meaning()).contains("--provider cuda").contains("status 2");
  }

  @Test
  void saysWhatKeepsAGpuUnused() {
    Finding cpuBuild = look(A10, CPU_BUILD, List.of(), Provider.AUTO);
    assertThat(cpuBuild.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(cpuBuild.remedy()).contains("-Pgpu");

    Finding bare = look(A10, GPU_BUILD, List.of("libcudnn.so.9"), Provider.AUTO);
    assertThat(bare.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(bare.found()).contains("NVIDIA A10").contains("libcudnn.so.9");
    assertThat(bare.remedy()).contains("LD_LIBRARY_PATH");

    assertThat(look(A10, GPU_BUILD, List.of("libcudnn.so.9"), Provider.TENSORRT).isProblem())
        .isTrue();
    assertThat(look(A10, GPU_BUILD, List.of(), Provider.CUDA).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void asksNvidiasProgram() throws IOException {
    program("nvidia-smi", "echo '0, Fake GPU, 1 MiB, 1.0'; echo '1, Fake GPU, 1 MiB, 1.0'");

    GpuCheck check = GpuCheck.here(new Programs(folder.toString()), Provider.AUTO);

    assertThat(check.gpus()).hasSize(2).first().asString().contains("Fake GPU");
    assertThat(check.built()).containsExactly(Provider.CPU);
    assertThat(check.findings().get(0).verdict()).isEqualTo(Verdict.WARNING);
  }

  @Test
  void takesADriverThatFailsForNoGpu() throws IOException {
    program("nvidia-smi", "echo \"couldn't communicate with the NVIDIA driver\"; exit 9");

    GpuCheck check = GpuCheck.here(new Programs(folder.toString()), Provider.AUTO);

    assertThat(check.gpus()).isEmpty();
    assertThat(check.obstacle()).contains("couldn't communicate");
    assertThat(GpuCheck.here(new Programs(""), Provider.AUTO).obstacle())
        .isEqualTo("there is no nvidia-smi");
  }

  private static Finding look(
      List<String> gpus, Set<Provider> built, List<String> missing, Provider asked) {
    return new GpuCheck(gpus, gpus.isEmpty() ? "none" : "", built, missing, asked)
        .findings()
        .get(0);
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
