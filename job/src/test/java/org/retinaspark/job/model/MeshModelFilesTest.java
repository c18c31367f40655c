package org.retinaspark.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Main;
import org.retinaspark.udf.dense.MeshNetworks;
import org.retinaspark.udf.dense.file.MeshImport;
import org.retinaspark.udf.graph.NetworkBuilder;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.OpenBatch;
import org.retinaspark.udf.tflite.TinyTflite;

/** Networks for meshes and landmarks, imported and inspected. */
class MeshModelFilesTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path tflite;
  private Path onnx;

  @BeforeEach
  void files() throws IOException {
    tflite = Files.write(folder.resolve("mesh.tflite"), TinyTflite.mesh());
    onnx = folder.resolve("mesh.onnx");
  }

  @Test
  void importsTflite() throws IOException {
    assertThat(run("model", "import", "" + tflite, "-o", "" + onnx)).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString()).contains("mesh.onnx: facemesh, any number of crops of 192x192");
    assertThat(Files.readAllBytes(onnx))
        .isEqualTo(MeshImport.of(TinyTflite.mesh(), "mesh.tflite").onnx());
    assertThat(run("model", "inspect", "" + onnx)).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString())
        .contains("made of        " + OnnxFile.sha256(TinyTflite.mesh()))
        .contains("batch          any");
  }

  @Test
  void importsOnnxOfASingleCrop() throws IOException {
    Files.write(onnx, MeshNetworks.points68("1"));
    Path open = folder.resolve("open.onnx");
    assertThat(run("model", "import", "" + onnx, "-o", "" + open)).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString()).contains("pfld68, any number of crops of 112x112");
  }

  @Test
  void optionsOfDetectorsAreRefused() {
    for (List<String> option :
        List.of(List.of("--family", "scrfd"), List.of("--fold-preprocessing"))) {
      List<String> command =
          Stream.concat(Stream.of("model", "import", "" + tflite, "-o", "" + onnx), option.stream())
              .toList();
      assertThat(run(command.toArray(String[]::new))).isEqualTo(ExitStatus.USAGE);
      assertThat(errors.toString())
          .contains("is a network for meshes or landmarks", "nothing was done. Leave them out");
      assertThat(onnx).doesNotExist();
    }
    assertThat(run("model", "inspect", "" + tflite, "--family", "scrfd"))
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void whatCannotBeTranslatedWritesNothing() throws IOException {
    Files.write(tflite, TinyTflite.file());
    assertThat(run("model", "import", "" + tflite, "-o", "" + onnx)).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("no mesh or landmark network that is understood");
    assertThat(onnx).doesNotExist();
  }

  @Test
  void whatIsNeitherIsToldBoth() throws IOException {
    NetworkBuilder network = new NetworkBuilder();
    network.output(network.input("in", "1", "3", "8", "8"), "out", "1", "3", "8", "8");
    Files.write(onnx, network.model().toByteArray());
    assertThat(run("model", "inspect", "" + onnx)).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString())
        .contains("no face detector that is understood", "for --mesh-model", "facemesh");
  }

  @Test
  void translationIsMadeOnceAndAnewWhereItIsNotOfThisFile() throws IOException {
    String digest = OnnxFile.sha256(TinyTflite.mesh());
    TranslatedModel model = new TranslatedModel(tflite, digest);
    assertThat(model.onnx()).isEqualTo(onnx);
    byte[] made = Files.readAllBytes(onnx);
    // One that says that it is the translation is taken, whatever its bytes are.
    byte[] other = MeshNetworks.faceMesh("batch");
    byte[] signed =
        OpenBatch.of(OnnxFile.parse(other, "a"), "crop")
            .onnx(Map.of("retinaspark.source_sha256", digest, MeshImport.TRANSLATION, "tflite 1"));
    Files.write(onnx, signed);
    assertThat(model.onnx()).hasBinaryContent(signed);
    for (byte[] stale : List.of(other, new byte[100], Arrays.copyOf(made, made.length / 2))) {
      Files.write(onnx, stale);
      assertThat(model.onnx()).hasBinaryContent(made);
    }
  }

  @Test
  void severalAtOnceLeaveAWholeFile() throws Exception {
    TranslatedModel model = new TranslatedModel(tflite, OnnxFile.sha256(TinyTflite.mesh()));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<byte[]> one = () -> Files.readAllBytes(model.onnx());
      byte[] expected = MeshImport.of(TinyTflite.mesh(), "mesh.tflite").onnx();
      for (Future<byte[]> read : threads.invokeAll(List.of(one, one, one, one))) {
        assertThat(read.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(tflite, onnx);
    }
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(output, true), new PrintWriter(errors, true), arguments);
  }
}
