package org.retinaspark.job.leaderboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.io.detections.DetectionText.BoxForm;
import org.retinaspark.io.detections.DetectionText.LineRule;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.detect.DetectConfig;
import org.retinaspark.job.evaluate.DetectionFormat;
import org.retinaspark.job.evaluate.EvaluateConfig;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.udf.detect.Protocol;
import picocli.CommandLine.ParameterException;

/**
 * Which models are measured under which protocols, and on what.
 *
 * @param inputs the photos, as {@code detect} takes them
 * @param groundTruth URI of the folder of the official files
 * @param split such as {@code val}
 * @param images URI of a list of images to evaluate alone; null for all
 * @param dialect whose rules of evaluation
 * @param models files or names of published ones, as {@code detect} takes them
 * @param protocols each a name, and behind it, after blanks, options of its own
 * @param output URI of the folder to write
 * @param policy what may become of what stands there
 * @param detectOptions options of {@code detect} that hold for every cell
 */
record LeaderboardConfig(
    List<String> inputs,
    String groundTruth,
    String split,
    @Nullable String images,
    Dialect dialect,
    List<String> models,
    List<String> protocols,
    String output,
    TablePolicy policy,
    List<String> detectOptions) {

  /** What the leaderboard says itself, of every cell. */
  private static final Set<String> OWN =
      Set.of("--orientation", "--split", "--layout", "--partition-by", "--retry-failed");

  /** What belongs to one protocol. */
  private static final List<String> PROTOCOLS =
      List.of("--short-side", "--long-side", "--scales", "--flip", "--merge");

  /**
   * Checks what can be checked without reading.
   *
   * @throws UsageException naming the option, its value and what it may be
   */
  LeaderboardConfig {
    inputs = List.copyOf(inputs);
    models = List.copyOf(models);
    protocols = List.copyOf(protocols);
    detectOptions = List.copyOf(detectOptions);
    requireApart("--model", models);
    requireApart("--protocol", protocols);
    protocols.forEach(LeaderboardConfig::requireOwnOptions);
    detectOptions.forEach(LeaderboardConfig::requireForAll);
  }

  private static void requireOwnOptions(String protocol) {
    for (String word : words(protocol)) {
      if (word.startsWith("--") && !PROTOCOLS.contains(word)) {
        throw new UsageException(
            "--protocol '%s' has %s behind it, which is no option of a protocol: nothing was done. What holds for every cell stands by itself; a protocol's own are %s"
                .formatted(protocol, word, String.join(", ", PROTOCOLS)));
      }
    }
  }

  private static void requireForAll(String argument) {
    String option = argument.split("=", 2)[0];
    if (OWN.contains(option)) {
      throw new UsageException(
          "%s is the same for every cell of a leaderboard and can't be given: nothing was done. Leave it away, or use 'detect' and 'evaluate'"
              .formatted(option));
    }
    if (PROTOCOLS.contains(option)) {
      throw new UsageException(
          "%s belongs to one protocol, which a leaderboard calls by its options: nothing was done. Give them behind it in quotes, as --protocol 'custom --short-side 800'"
              .formatted(option));
    }
  }

  private static void requireApart(String option, List<String> values) {
    Set<String> seen = new HashSet<>();
    for (String value : values) {
      if (value.isBlank() || !seen.add(value)) {
        throw new UsageException(
            "%s '%s' is %s: nothing was done. Give each once"
                .formatted(option, value, value.isBlank() ? "empty" : "given twice"));
      }
    }
  }

  /**
   * Checks what {@code detect} makes of the options.
   *
   * @throws UsageException if it doesn't take them, or two protocols are one in other words
   */
  void requireValid() {
    Map<Protocol, String> seen = new HashMap<>();
    for (String protocol : protocols) {
      String other = seen.put(rules(protocol), protocol);
      if (other != null) {
        throw new UsageException(
            "--protocol '%s' and '%s' are one: nothing was done. Give each once"
                .formatted(other, protocol));
      }
    }
  }

  private Protocol rules(String protocol) {
    return detect("any", protocol, "any").protocol();
  }

  /**
   * What a protocol is called: {@code vga}, or {@code custom --short-side 800}, so that no two of
   * different options share a label.
   *
   * @param protocol one of {@link #protocols}
   * @throws UsageException if there is no such protocol
   */
  String label(String protocol) {
    List<String> options = words(protocol).stream().skip(1).toList();
    String name = rules(protocol).label();
    return options.isEmpty() ? name : name + " " + String.join(" ", options);
  }

  /** A name, and the options behind it, {@code --flip} or {@code --short-side 800}. */
  private static List<String> words(String protocol) {
    return protocol.contains("--")
        ? List.of(protocol.strip().split("[\\s=]+"))
        : List.of(protocol.strip());
  }

  /**
   * What {@code detect} does for a cell.
   *
   * @param model that runs
   * @param protocol one of {@link #protocols}
   * @param table where its faces go
   * @throws UsageException if {@code detect} doesn't take these options
   */
  DetectConfig detect(String model, String protocol, String table) {
    List<String> arguments = new ArrayList<>();
    inputs.forEach(input -> arguments.addAll(List.of("--input", input)));
    arguments.addAll(List.of("--model", model));
    arguments.add("--protocol");
    arguments.addAll(words(protocol));
    // The ground truth of WIDER FACE is in the frame of the stored pixels.
    arguments.addAll(List.of("--orientation", "ignore"));
    arguments.addAll(detectOptions);
    arguments.addAll(List.of("--output", table));
    switch (policy) {
      case OVERWRITE -> arguments.add("--overwrite");
      case RESUME, RETRY_FAILED -> arguments.add("--resume");
      case CREATE -> {}
    }
    try {
      return DetectConfig.of(arguments.toArray(String[]::new));
    } catch (ParameterException wrong) {
      throw new UsageException(
          "%s: nothing was done. 'leaderboard' takes its own options, and those of 'detect' for every cell"
              .formatted(wrong.getMessage()),
          wrong);
    }
  }

  /** How a cell's table is evaluated. */
  EvaluateConfig evaluate(String table) {
    return new EvaluateConfig(
        table,
        DetectionFormat.TABLE,
        new DetectionText(DetectionLayout.AUTO, BoxForm.XYWH, LineRule.ANNOUNCED),
        groundTruth,
        split,
        images,
        dialect,
        BadInput.FAIL,
        Set.of());
  }
}
