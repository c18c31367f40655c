package org.retinaspark.io.folders;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    ENDING("names that end otherwise"),
    /** Its path doesn't match the pattern that was asked for. */
    PATTERN("paths that don't match the pattern"),
    /** A table of Spark or of ours keeps it beside its data. */
    TABLE("what tables keep beside their data"),
    /** An operating system keeps it beside the files of people. */
    SYSTEM("what operating systems keep beside photos"),
    /** An archive that lies beside loose images. */
    ARCHIVE("archives beside loose images, for --input-format tar or zip to read"),
    /** A link to a folder that is listed under another name. */
    LINKED_FOLDER("links to folders that are listed anyway"),
    /** A folder that may not be listed; how many files it has is unknown. */
    UNREADABLE_FOLDER("folders that may not be listed"),
    /** Its name is no text in the encoding of names. */
    UNDECODABLE_NAME("names that are no UTF-8"),
    /** A pipe, a socket or a device. */
    SPECIAL("pipes, sockets and devices"),
    /** Deleted while its folder was listed. */
    VANISHED("files deleted meanwhile");

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

  /** Those that somebody should look at, since photos may be among them. */
  public PassedOver doubtful() {
    Map<Reason, Long> doubtful = new EnumMap<>(Reason.class);
    doubtful.putAll(counts);
    doubtful
        .keySet()
        .retainAll(
            Set.of(
                Reason.UNREADABLE_FOLDER,
                Reason.UNDECODABLE_NAME,
                Reason.VANISHED,
                Reason.ARCHIVE));
    Map<Reason, List<String>> theirs = new EnumMap<>(Reason.class);
    theirs.putAll(examples);
    theirs.keySet().retainAll(doubtful.keySet());
    return new PassedOver(doubtful, Map.of(), theirs);
  }

  /** The counts, by the labels of the reasons. */
  public Map<String, Long> byLabel() {
    Map<String, Long> labelled = new TreeMap<>();
    counts.forEach((reason, count) -> labelled.put(reason.label(), count));
    return labelled;
  }

  /** As people read it: "5 passed over (names that end otherwise: .txt 5)". */
  @Override
  public String toString() {
    return counts.isEmpty()
        ? "none passed over"
        : counts.keySet().stream()
            .map(this::text)
            .collect(Collectors.joining("; ", total() + " passed over (", ")"));
  }

  private String text(Reason reason) {
    if (reason == Reason.ENDING) {
      return endings.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .map(ending -> ending.getKey() + " " + ending.getValue())
          .collect(Collectors.joining(", ", reason.text + ": ", ""));
    }
    List<String> some = examples.getOrDefault(reason, List.of());
    String such = some.isEmpty() ? "" : ", such as '" + String.join("', '", some) + "'";
    return reason.text + ": " + counts.get(reason) + such;
  }
}
