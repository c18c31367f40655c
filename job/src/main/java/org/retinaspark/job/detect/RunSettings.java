package org.retinaspark.job.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.CheckedJson;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.detect.InputRule;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.model.ModelDescription;

/**
 * All that decides the rows of a table, as {@code _run.json} has it. Rows of different settings
 * don't go together, so a run goes on only with the same.
 *
 * @param run what the run is called, here and in the table's files
 * @param application Spark's name of the application that last worked on it
 * @param input the qualified inputs
 * @param columns of the table; those of a manifest come last
 * @param model which network, and how its outputs are read
 * @param providers where the network ran: ONNX Runtime's execution providers, by name. More than
 *     one only if the user allowed it, since their scores differ in the last digits
 * @param rules what the protocol of {@code options} does
 * @param options the values of the options that {@link DecidesRows}, by name
 * @param details what is told of each face beside score, box and landmarks; nothing where the table
 *     has no such columns
 */
record RunSettings(
    String run,
    String application,
    List<String> input,
    List<String> columns,
    Model model,
    List<String> providers,
    Rules rules,
    Map<String, Object> options,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RecordedDetails details) {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String RULES = "--protocol (";

  record Model(
      String name,
      String sha256,
      String family,
      Map<String, String> parameters,
      String origin,
      @Nullable KnownModel published) {}

  /**
   * A protocol, for people and to compare.
   *
   * @param inputs how an image becomes each network input
   * @param merge what makes faces of what the network finds in them
   */
  record Rules(List<String> inputs, String merge) {

    static Rules of(Protocol protocol) {
      return new Rules(
          protocol.inputs().stream().map(InputRule::toString).toList(), protocol.merge().label());
    }
  }

  static RunSettings of(
      DetectConfig config,
      String application,
      List<String> inputs,
      StructType schema,
      ModelDescription model,
      @Nullable RecordedDetails details,
      List<String> providers) {
    return new RunSettings(
        UUID.randomUUID().toString(),
        application,
        inputs,
        List.of(schema.fieldNames()),
        new Model(
            model.name(),
            model.sha256(),
            model.family().name(),
            Map.of(
                "family",
                model.family().toString(),
                "input",
                model.format() + ", multiples of " + model.size().multiple()),
            model.origin(),
            model.published().orElse(null)),
        providers,
        Rules.of(config.protocol()),
        DeclaredOptions.of(config).decidingRows(),
        details);
  }

  /** What each file of the table says of its origin. */
  Map<String, String> origin() {
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put("run", run);
    origin.put("model", model.name());
    origin.put("model_sha256", model.sha256());
    if (details != null && details.meshModel() != null) {
      origin.put("mesh_model", details.meshModel().name());
      origin.put("mesh_model_sha256", details.meshModel().sha256());
    }
    origin.put("protocol", String.valueOf(options.get("protocol")));
    return origin;
  }

  /** As a reader of {@code _run.json} gets it. */
  JsonNode json() {
    try {
      // As text between, since a tree that was not read has other types of numbers.
      return JSON.readTree(JSON.writeValueAsBytes(this));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Checks that rows of these settings go together with those that are there.
   *
   * @param earlier the settings of those
   * @throws UsageException naming each difference
   */
  void requireSame(JsonNode earlier, String output) {
    if (!earlier.path("options").isObject() || !earlier.path("model").isObject()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the _run.json of the rows at '%s' names no options or no model, as those of an"
                  + " earlier RetinaSpark: nothing was done, since nobody knows whether the rows go"
                  + " together with new ones. Choose another --output, or begin again with"
                  + " --overwrite",
              output));
    }
    requireReadable(earlier, output);
    Map<String, String> before = named(earlier);
    Map<String, String> now = named(json());
    if (isOriginal(earlier)) {
      // Before the rules were noted they were the same; but what was resized was rounded to levels.
      now.forEach(
          (name, value) -> {
            if (name.startsWith(RULES)) before.putIfAbsent(name, value);
          });
    }
    Set<String> names = new LinkedHashSet<>(now.keySet());
    names.addAll(before.keySet());
    String differences =
        names.stream()
            .filter(name -> !Objects.equals(before.get(name), now.get(name)))
            .map(
                name ->
                    "%s was %s, is %s"
                        .formatted(
                            name,
                            before.getOrDefault(name, "not given"),
                            now.getOrDefault(name, "not given")))
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "output '%s' holds rows of other settings (%s): nothing was done, since they don't go"
                  + " together. Give the same settings, choose another --output, or begin again"
                  + " with --overwrite",
              output,
              differences));
    }
  }

  private static boolean isOriginal(JsonNode settings) {
    return settings.at("/options/protocol").asText().equals(Protocol.ORIGINAL.label());
  }

  /** What must be in settings for rows to go on, of its type. */
  record ReadableSettings(
      String run,
      List<String> input,
      List<String> columns,
      ReadableModel model,
      List<String> providers,
      Map<String, JsonNode> options) {

    ReadableSettings {
      if (providers.isEmpty()) {
        throw new IllegalArgumentException("field 'providers' names none");
      }
    }
  }

  private record ReadableModel(String sha256, Map<String, String> parameters) {}

  private static void requireReadable(JsonNode earlier, String output) {
    try {
      var unused = CheckedJson.read(earlier, ReadableSettings.class);
      RecordedDetails.requireReadable(earlier);
    } catch (DamagedFileException damage) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the _run.json of the rows at '%s' is damaged (%s): nothing was done, since nobody"
                  + " knows whether the rows go together with new ones. Restore it, choose another"
                  + " --output, or begin again with --overwrite",
              output,
              damage.getMessage()),
          damage);
    }
  }

  /**
   * Checks that rows of this provider go on with rows of the same.
   *
   * @param earlier the settings of those that are there
   * @throws UsageException naming both
   */
  void requireSameProvider(JsonNode earlier, String output) {
    Set<String> before = providers(earlier);
    if (!before.containsAll(providers)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "output '%s' holds rows of provider %s, and this run has %s: nothing was done, since"
                  + " their scores differ in the last digits. Give --provider %s, or allow both in"
                  + " one table with --mix-providers",
              output,
              String.join(", ", before),
              String.join(", ", providers),
              before.isEmpty() ? "auto" : before.iterator().next()));
    }
  }

  /** The same, under the name and with the providers of the rows that are there. */
  RunSettings besides(JsonNode earlier) {
    Set<String> all = providers(earlier);
    all.addAll(providers);
    return new RunSettings(
        earlier.path("run").asText(run),
        application,
        input,
        columns,
        model,
        List.copyOf(all),
        rules,
        options,
        details);
  }

  private static Set<String> providers(JsonNode settings) {
    Set<String> providers = new TreeSet<>();
    settings.path("providers").forEach(provider -> providers.add(provider.asText()));
    return providers;
  }

  /** The settings by the options that set them. */
  private static Map<String, String> named(JsonNode settings) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("--input", text(settings.path("input")));
    named.put("columns", text(settings.path("columns")));
    named.put("--model (SHA-256)", text(settings.at("/model/sha256")));
    settings
        .at("/model/parameters")
        .forEachEntry((name, value) -> named.put("--model (" + name + ")", text(value)));
    settings
        .path("rules")
        .forEachEntry((name, value) -> named.put(RULES + name + ")", text(value)));
    settings.path("options").forEachEntry((name, value) -> named.put("--" + name, text(value)));
    named.putAll(RecordedDetails.named(settings));
    return named;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
