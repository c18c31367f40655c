package org.retinaspark.io.folders;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.util.AccumulatorV2;
import org.retinaspark.io.folders.PassedOver.Reason;

/**
 * Counts what is passed over. An accumulator of Spark, since members of archives are counted by
 * tasks; many threads of a task may add at once, which Spark's own accumulators don't bear.
 */
public final class PassedOverCounter extends AccumulatorV2<PassedOverCounter.Item, PassedOver> {

  private static final long serialVersionUID = 1L;

  /** Paths kept of each reason: the first in their order, whoever finds which first. */
  private static final int EXAMPLES = 3;

  /** Endings that are told apart, since names may be anything. */
  private static final int ENDINGS = 30;

  private static final String OTHER_ENDINGS = "others";
  private static final Pattern ENDING = Pattern.compile("[^/]\\.([A-Za-z0-9_]{1,12})$");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final ConcurrentMap<Reason, Long> counts = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Long> endings = new ConcurrentHashMap<>();
  private final ConcurrentMap<Reason, List<String>> examples = new ConcurrentHashMap<>();

  /**
   * What is passed over.
   *
   * @param reason why
   * @param path where it is below its input, or in its archive
   */
  public record Item(Reason reason, String path) {}

  /** Counts a file or member. */
  public void add(Reason reason, String path) {
    add(new Item(reason, path));
  }

  @Override
  public void add(Item item) {
    add(item.reason(), 1);
    if (item.reason() == Reason.ENDING) {
      addEnding(ending(item.path()), 1);
    } else {
      addExamples(item.reason(), List.of(CONTROL.matcher(item.path()).replaceAll("?")));
    }
  }

  /** Counts what was counted elsewhere. */
  public void add(PassedOver other) {
    other.counts().forEach(this::add);
    other.endings().forEach(this::addEnding);
    other.examples().forEach(this::addExamples);
  }

  private void add(Reason reason, long count) {
    counts.merge(reason, count, Long::sum);
  }

  private void addEnding(String ending, long count) {
    boolean room = endings.size() < ENDINGS || endings.containsKey(ending);
    endings.merge(room ? ending : OTHER_ENDINGS, count, Long::sum);
  }

  private void addExamples(Reason reason, List<String> paths) {
    examples.merge(
        reason,
        paths,
        (some, more) ->
            Stream.concat(some.stream(), more.stream()).sorted().limit(EXAMPLES).toList());
  }

  private static String ending(String path) {
    Matcher ending = ENDING.matcher(path);
    return ending.find() ? "." + ending.group(1).toLowerCase(Locale.ROOT) : "no ending";
  }

  @Override
  public PassedOver value() {
    return new PassedOver(counts, endings, examples);
  }

  @Override
  public boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public PassedOverCounter copy() {
    PassedOverCounter copy = new PassedOverCounter();
    copy.add(value());
    return copy;
  }

  @Override
  public void merge(AccumulatorV2<Item, PassedOver> other) {
    add(other.value());
  }

  @Override
  public void reset() {
    counts.clear();
    endings.clear();
    examples.clear();
  }
}
