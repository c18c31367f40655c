package org.retinaspark.io.images;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many files, or members of archives, got no row, and why.
 *
 * @param counts by reason; a reason that nothing has is absent
 * @param endings those of {@link Reason#ENDING} by the end of their names, in lower case
 * @param examples some paths by reason, in their order
 */
public record PassedOver(
    Map<Reason, Long> counts, Map<String, Long> endings, Map<Reason, List<String>> examples) {

  /** Nothing. */
  public static final PassedOver NONE = new PassedOver(Map.of(), Map.of(), Map.of());

  /** Why a file gets no row. */
  public enum Reason {
    /** Its name has not the ending of an image. */
    ENDING("whose names end otherwise"),
    /** Its path doesn't match the pattern that was asked for. */
    PATTERN("that don't match the pattern"),
    /** A table of Spark or of ours keeps it beside its data. */
    TABLE("that tables keep beside their data"),
    /** An operating system keeps it beside the files of people. */
    SYSTEM("that operating systems keep beside photos"),
    /** An archive that lies beside loose images. */
    ARCHIVE("archives beside loose images"),
    /** A link to a folder that is listed under another name. */
    LINKED_FOLDER("links to folders that are listed anyway"),
    /** A folder that may not be listed; how many files it has is unknown. */
    UNREADABLE_FOLDER("folders that may not be listed"),
    /** Its name is no text in the encoding of names. */
    UNDECODABLE_NAME("whose names are no UTF-8"),
    /** A pipe, a socket or a device. */
    SPECIAL("that are pipes, sockets or devices"),
    /** Deleted while its folder was listed. */
    VANISHED("that were deleted meanwhile");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As JSON has it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Keeps unmodifiable copies, in the order of the reasons and endings. */
  public PassedOver {
    counts = sorted(counts);
    endings = Collections.unmodifiableMap(new TreeMap<>(endings));
    examples = sorted(examples);
  }

  private static <V> Map<Reason, V> sorted(Map<Reason, V> values) {
    Map<Reason, V> sorted = new EnumMap<>(Reason.class);
    sorted.putAll(values);
    return Collections.unmodifiableMap(sorted);
  }

  /** All together. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether somebody should look, since photos may be among them. */
  public boolean isDoubtful() {
    return counts.containsKey(Reason.UNREADABLE_FOLDER)
        || counts.containsKey(Reason.UNDECODABLE_NAME)
        || counts.containsKey(Reason.VANISHED);
  }

  /** The counts, by the labels of the reasons. */
  public Map<String, Long> byLabel() {
    Map<String, Long> labelled = new TreeMap<>();
    counts.forEach((reason, count) -> labelled.put(reason.label(), count));
    return labelled;
  }

  /** As people read it, without a full stop: "3 were passed over: 2 whose ...". */
  @Override
  public String toString() {
    if (counts.isEmpty()) {
      return "none was passed over";
    }
    return "%d were passed over: %s"
        .formatted(
            total(),
            counts.entrySet().stream()
                .map(count -> count.getValue() + " " + text(count.getKey()))
                .collect(Collectors.joining("; ")));
  }

  private String text(Reason reason) {
    if (reason == Reason.ENDING) {
      return reason.text + details(endings());
    }
    List<String> some = examples.getOrDefault(reason, List.of());
    String more = counts.getOrDefault(reason, 0L) > some.size() ? ", ..." : "";
    return reason.text + (some.isEmpty() ? "" : " (" + String.join(", ", some) + more + ")");
  }

  private static String details(Map<String, Long> endings) {
    return endings.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(ending -> ending.getKey() + " " + ending.getValue())
        .collect(Collectors.joining(", ", " (", ")"));
  }
}
