package org.retinaspark.job.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.job.options.DeclaredOptions;
import org.retinaspark.job.update.OlderTable;
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
 * @param sampling what decides the samples, by name; nothing where the table has none
 * @param updatedFrom the older table that the rows were begun with; nothing where there was none
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
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RecordedDetails details,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> sampling,
    @JsonInclude(JsonInclude.Include.NON_NULL) OlderTable.@Nullable Origin updatedFrom) {

  private static final ObjectMapper JSON = new ObjectMapper();

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
      Map<String, String> sampling,
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
        details,
        sampling,
        null);
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
    boolean both = updatedFrom != null && earlier.has(RecordedSettings.UPDATED_FROM);
    RecordedSettings.atOutput(earlier, output)
        .requireSame(json(), both ? Set.of() : Set.of(RecordedSettings.UPDATE));
  }

  /**
   * Checks that rows of an older table go together with those of these settings, once they have the
   * details that are new.
   *
   * @param older the settings of that table
   * @param columnsThen those of the new table, without the ones that are new
   * @throws UsageException naming each difference that is not a new detail
   */
  void requireUpdates(JsonNode older, String table, StructType columnsThen) {
    ObjectNode now = (ObjectNode) json();
    now.set("columns", JSON.valueToTree(columnsThen.fieldNames()));
    Set<String> added = new HashSet<>(RecordedDetails.named(now).keySet());
    added.removeAll(RecordedDetails.named(older).keySet());
    added.add(RecordedSettings.UPDATE);
    RecordedSettings.ofUpdated(older, table).requireSame(now, added);
  }

  /** The same, under the name and with the providers of the rows that are there. */
  RunSettings besides(JsonNode earlier) {
    return named(earlier.path("run").asText(run), earlier, updatedFrom(earlier));
  }

  /** The same, with the providers of rows that are taken from an older table. */
  RunSettings updating(OlderTable older) {
    return named(run, older.settings(), older.origin());
  }

  private RunSettings named(String name, JsonNode others, OlderTable.@Nullable Origin from) {
    Set<String> all = RecordedSettings.providers(others);
    all.addAll(providers);
    return new RunSettings(
        name,
        application,
        input,
        columns,
        model,
        List.copyOf(all),
        rules,
        options,
        details,
        sampling,
        from);
  }

  /** What this run updates, else what those before it did. */
  private OlderTable.@Nullable Origin updatedFrom(JsonNode earlier) {
    JsonNode before = earlier.path(RecordedSettings.UPDATED_FROM);
    return updatedFrom != null || !before.isObject()
        ? updatedFrom
        : JSON.convertValue(before, OlderTable.Origin.class);
  }
}
