package org.retinaspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.network.util.JavaUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.job.Main;
import org.retinaspark.job.Repository;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** The files for Kubernetes by what their schemas allow, as far as they use it. */
class KubernetesFilesTest {

  /** Of SparkApplicationSpec, sparkoperator.k8s.io/v1beta2. */
  private static final Set<String> SPEC =
      Set.of(
          "type",
          "mode",
          "sparkVersion",
          "image",
          "imagePullPolicy",
          "mainClass",
          "mainApplicationFile",
          "arguments",
          "restartPolicy",
          "sparkConf",
          "driver",
          "executor");

  /** Of its SparkPodSpec, DriverSpec and ExecutorSpec. */
  private static final Set<String> POD =
      Set.of("cores", "memory", "memoryOverhead", "serviceAccount", "tolerations", "instances");

  private static final Set<String> RESTART =
      Set.of("type", "onFailureRetries", "onFailureRetryInterval");

  @ParameterizedTest
  @ValueSource(strings = {"spark-application.yaml", "spark-application-gpu.yaml"})
  void applicationsAreAsTheOperatorTakesThem(String file) {
    Map<String, Object> application = documents(file).get(0);
    assertThat(application.keySet())
        .containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "spec");
    assertThat(application).containsEntry("apiVersion", "sparkoperator.k8s.io/v1beta2");
    assertThat(application).containsEntry("kind", "SparkApplication");

    Map<String, Object> spec = map(application, "spec");
    assertThat(SPEC).containsAll(spec.keySet());
    assertThat(spec).containsEntry("type", "Java").containsEntry("mode", "cluster");
    assertThat(spec).containsEntry("mainClass", Main.class.getName());
    assertThat(RESTART).containsAll(map(spec, "restartPolicy").keySet());
    for (String part : List.of("driver", "executor")) {
      Map<String, Object> pod = map(spec, part);
      assertThat(POD).containsAll(pod.keySet());
      assertThat(pod.get("cores")).isInstanceOf(Integer.class);
      assertThat(JavaUtils.byteStringAsMb((String) pod.get("memory"))).isBetween(512L, 65536L);
    }
  }

  /** A map of the schema holds strings: numbers and booleans without quotes are refused. */
  @ParameterizedTest
  @ValueSource(strings = {"spark-application.yaml", "spark-application-gpu.yaml"})
  void settingsAreKnownAndStrings(String file) {
    Map<String, Object> settings = map(map(documents(file).get(0), "spec"), "sparkConf");

    assertThat(settings.values()).allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    assertThat(SparkSettingsTest.unknown(settings.keySet().stream())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-application.yaml", "spark-application-gpu.yaml"})
  void argumentsAreOnesOfTheCommandLine(String file) {
    Map<String, Object> spec = map(documents(file).get(0), "spec");
    String[] arguments =
        ((List<?>) Objects.requireNonNull(spec.get("arguments")))
            .stream().map(String.class::cast).toArray(String[]::new);

    CommandLine.ParseResult parsed =
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);

    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("detect");
  }

  @Test
  void theDriversAccountMayMakePods() {
    List<Map<String, Object>> access = documents("access.yaml");

    assertThat(access)
        .extracting(document -> document.get("kind"))
        .containsExactly("ServiceAccount", "Role", "RoleBinding");
    String account = (String) map(access.get(0), "metadata").get("name");
    assertThat(access.get(2).toString()).contains("name=" + account);
    assertThat(map(map(documents("spark-application.yaml").get(0), "spec"), "driver"))
        .containsEntry("serviceAccount", account);
  }

  private static List<Map<String, Object>> documents(String file) {
    List<Map<String, Object>> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(Repository.text("deploy/kubernetes/" + file))
        .forEach(document -> documents.add(asMap(document)));
    return documents;
  }

  private static Map<String, Object> map(Map<String, Object> in, String key) {
    return asMap(Objects.requireNonNull(in.get(key), key));
  }

  @SuppressWarnings("unchecked") // YAML's own keys are strings here
  private static Map<String, Object> asMap(Object document) {
    assertThat(document).isInstanceOf(Map.class);
    return (Map<String, Object>) document;
  }
}
