package org.retinaspark.job.detect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.retinaspark.io.CheckedJson;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.Protocol;

/**
 * Settings of rows that are there, as their {@code _run.json} has them: of any version of
 * RetinaSpark, and maybe damaged.
 *
 * @param json what it says
 * @param rows how errors call the rows
 * @param holder how errors call what holds them
 * @param remedy what else a user can do than give the same settings
 */
record RecordedSettings(JsonNode json, String rows, String holder, String remedy) {

  /** The field that names an older table. */
  static final String UPDATED_FROM = "updatedFrom";

  /** What names an older table among the options. */
  static final String UPDATE = "--update (SHA-256 of its _run.json)";

  private static final String RULES = "--protocol (";

  /** Of rows that a run goes on with. */
  static RecordedSettings atOutput(JsonNode json, String output) {
    return new RecordedSettings(
        json,
        "the rows at '%s'".formatted(output),
        "output '%s'".formatted(output),
        "choose another --output, or begin again with --overwrite");
  }

  /** Of a table that a run updates. */
  static RecordedSettings ofUpdated(JsonNode json, String table) {
    String called = "the table '%s' of --update".formatted(table);
    return new RecordedSettings(
        json,
        called,
        called,
        "or make a new table without --update; only details of faces that the table lacks may be"
            + " new");
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

  /**
   * Checks that the rows go together with those of other settings.
   *
   * @param now the others
   * @param added settings by their names that may be new
   * @throws UsageException naming each difference
   */
  void requireSame(JsonNode now, Set<String> added) {
    requireReadable();
    Map<String, String> then = named(json);
    Map<String, String> others = named(now);
    if (json.at("/options/protocol").asText().equals(Protocol.ORIGINAL.label())) {
      // Before the rules were noted they were the same; but what was resized was rounded to levels.
      others.forEach(
          (name, value) -> {
            if (name.startsWith(RULES)) then.putIfAbsent(name, value);
          });
    }
    Set<String> names = new LinkedHashSet<>(others.keySet());
    names.addAll(then.keySet());
    names.removeAll(added);
    String differences =
        names.stream()
            .filter(name -> !Objects.equals(then.get(name), others.get(name)))
            .map(
                name ->
                    "%s was %s, is %s"
                        .formatted(
                            name,
                            then.getOrDefault(name, "not given"),
                            others.getOrDefault(name, "not given")))
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s holds rows of other settings (%s): nothing was done, since they don't go"
                  + " together. Give the same settings, %s",
              holder,
              differences,
              remedy));
    }
  }

  private void requireReadable() {
    if (!json.path("options").isObject() || !json.path("model").isObject()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the _run.json of %s names no options or no model, as those of an earlier"
                  + " RetinaSpark: nothing was done, since nobody knows whether the rows go"
                  + " together with new ones. Detect all images anew: %s",
              rows,
              remedy));
    }
    try {
      var unused = CheckedJson.read(json, ReadableSettings.class);
      RecordedDetails.requireReadable(json);
    } catch (DamagedFileException damage) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the _run.json of %s is damaged (%s): nothing was done, since nobody knows whether"
                  + " the rows go together with new ones. Restore it, %s",
              rows,
              damage.getMessage(),
              remedy),
          damage);
    }
  }

  /**
   * Checks that rows of some providers go together with these.
   *
   * @throws UsageException naming both
   */
  void requireProviders(Collection<String> now) {
    Set<String> before = providers(json);
    if (!before.containsAll(now)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s holds rows of provider %s, and this run has %s: nothing was done, since"
                  + " their scores differ in the last digits. Give --provider %s, or allow both in"
                  + " one table with --mix-providers",
              holder,
              String.join(", ", before),
              String.join(", ", now),
              before.isEmpty() ? "auto" : before.iterator().next()));
    }
  }

  /** Where the networks of the rows ran. */
  static Set<String> providers(JsonNode settings) {
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
    settings
        .path("sampling")
        .forEachEntry((name, value) -> named.put("sampling (" + name + ")", text(value)));
    named.putAll(RecordedDetails.named(settings));
    JsonNode older = settings.path(UPDATED_FROM).path("manifestSha256");
    if (!older.isMissingNode()) {
      named.put(UPDATE, text(older));
    }
    return named;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
