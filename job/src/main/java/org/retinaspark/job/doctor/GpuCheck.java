package org.retinaspark.job.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.retinaspark.udf.image.NativeFunctions;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.Provider;

/**
 * The GPU, its libraries, and whether this build of ONNX Runtime has use for it. Whether a network
 * runs on it tells {@link NetworkCheck}.
 *
 * @param gpus what {@code nvidia-smi} lists, a line each; empty if there are none
 * @param obstacle why it lists none; empty if it does
 * @param built what this build of ONNX Runtime can compute on
 * @param missing libraries that it needs for CUDA and that can't be loaded
 * @param asked the provider that the user asks for
 */
record GpuCheck(
    List<String> gpus, String obstacle, Set<Provider> built, List<String> missing, Provider asked)
    implements Check {

  /**
   * What ONNX Runtime 1.29's CUDA provider is linked with, and cuDNN, which it looks for when it
   * comes to a convolution (onnxruntime#29252).
   */
  private static final List<String> LIBRARIES =
      List.of(
          "libcuda.so.1",
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcurand.so.10",
          "libcudnn.so.9");

  static GpuCheck here(Programs programs, Provider asked) {
    Set<Provider> built = Engine.builtProviders();
    List<String> missing =
        LIBRARIES.stream().filter(library -> !NativeFunctions.isLoadable(library)).toList();
    try {
      String listed =
          programs.output(
              "nvidia-smi",
              "--query-gpu=index,name,memory.total,driver_version",
              "--format=csv,noheader");
      return new GpuCheck(listed.lines().toList(), "", built, missing, asked);
    } catch (IOException none) {
      return new GpuCheck(List.of(), String.valueOf(none.getMessage()), built, missing, asked);
    }
  }

  @Override
  public String subject() {
    return "GPU";
  }

  @Override
  public List<Finding> look() {
    boolean hasCuda = built.contains(Provider.CUDA);
    if (gpus.isEmpty()) {
      String found =
          "none (%s); ONNX Runtime is the %s"
              .formatted(obstacle, hasCuda ? "GPU build" : "CPU build");
      return List.of(
          isAsked()
              ? unmet(found, "use machines with an NVIDIA GPU and its driver, or --provider auto")
              : Finding.ok(subject(), found + ", and the network runs on the CPU"));
    }
    String found = String.join("; ", gpus);
    if (!hasCuda) {
      return List.of(
          unused(
              found + "; ONNX Runtime is the CPU build",
              "build the jar with mvn -DskipTests -Pgpu package"));
    }
    if (!missing.isEmpty()) {
      return List.of(
          unused(
              "%s; can't be loaded: %s".formatted(found, String.join(", ", missing)),
              "install CUDA 12 and cuDNN 9, and name their folder in LD_LIBRARY_PATH"
                  + " (the target gpu of deploy/docker/Dockerfile has them)"));
    }
    return List.of(
        Finding.ok(subject(), found + "; ONNX Runtime is the GPU build, CUDA 12 and cuDNN 9 load"));
  }

  private boolean isAsked() {
    return asked == Provider.CUDA || asked == Provider.TENSORRT;
  }

  private Finding unused(String found, String remedy) {
    return isAsked()
        ? unmet(found, remedy)
        : Finding.warning(subject(), found, "the network doesn't run on the GPU", remedy);
  }

  private Finding unmet(String found, String remedy) {
    return Finding.problem(
        subject(),
        found,
        "--provider %s can't be had: a run ends with status 2".formatted(asked.label()),
        remedy);
  }
}
