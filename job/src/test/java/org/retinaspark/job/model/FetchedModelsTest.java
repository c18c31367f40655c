package org.retinaspark.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.catalogue.KnownModel;

/** The scripts and the catalogue know the same files. */
class FetchedModelsTest {

  static Iterable<String> names() {
    return KnownModel.FETCHED;
  }

  @ParameterizedTest
  @MethodSource("names")
  void scriptsKnowEachNameAndDigest(String name) throws IOException {
    KnownModel model = KnownModel.fetched(name).orElseThrow();
    Path root = Path.of("..");
    assertThat(Files.readString(root.resolve("deploy/fetch-assets")))
        .contains("'" + model.sha256() + "  " + model.file() + "'")
        .contains("\n#   " + name + " ")
        .contains("\"$cache/" + model.file() + "\"");
    assertThat(Files.readString(root.resolve("bin/retinaspark")))
        .containsPattern("has '[^']*" + name);
  }
}
