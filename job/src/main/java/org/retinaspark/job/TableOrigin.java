package org.retinaspark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.TableLocation;

/**
 * What a table's {@code _run.json} says of how the table was made, for commands that can do without
 * it. Somebody may have deleted, cut or edited it: what it doesn't tell is a warning.
 */
public final class TableOrigin {

  private final JsonNode manifest;
  private final List<String> warnings = new ArrayList<>();

  private TableOrigin(JsonNode manifest) {
    this.manifest = manifest;
  }

  /** Of a table, with a manifest or without. */
  public static TableOrigin of(TableLocation table) {
    try {
      Optional<JsonNode> manifest = table.manifest();
      if (manifest.isPresent()) {
        return new TableOrigin(manifest.get());
      }
      return unknown("the table has no _run.json");
    } catch (UnusableLocationException damaged) {
      return unknown(String.valueOf(damaged.getMessage()));
    }
  }

  private static TableOrigin unknown(String reason) {
    TableOrigin origin = new TableOrigin(MissingNode.getInstance());
    origin.warnings.add(reason + ", so that model, protocol and options of its rows are unknown");
    return origin;
  }

  /** All that is known; a missing node if nothing is. */
  public JsonNode manifest() {
    return manifest;
  }

  /** The value of an option of {@code detect}; empty if it isn't known. */
  public Optional<String> option(String name) {
    // Older tables have it at the top.
    JsonNode value = manifest.at("/options/" + name);
    if (value.isMissingNode()) {
      value = manifest.path(name);
    }
    if (value.isTextual() && !value.asText().isEmpty()) {
      return Optional.of(value.asText());
    }
    if (!manifest.isMissingNode()) {
      warnings.add(
          "field 'options.%s' of the table's _run.json is %s, and must be a text: it is unknown"
              .formatted(name, value.isMissingNode() ? "missing" : value));
    }
    return Optional.empty();
  }

  /** The value of an option of {@code detect} that has a few; empty if it isn't known. */
  public <E extends Enum<E>> Optional<E> option(String name, Class<E> type) {
    return option(name).flatMap(value -> constant(name, value, type));
  }

  private <E extends Enum<E>> Optional<E> constant(String name, String value, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return Optional.of(constant);
      }
    }
    warnings.add(
        "field 'options.%s' of the table's _run.json is '%s', and must be one of %s: it is unknown"
            .formatted(
                name,
                value,
                Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
    return Optional.empty();
  }

  /** What isn't known of what was asked so far, and why. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
