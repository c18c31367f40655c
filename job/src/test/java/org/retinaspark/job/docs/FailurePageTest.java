package org.retinaspark.job.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.reading.UnreadableImageException;
import org.retinaspark.job.Repository;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.pipeline.Failure;

/** {@code docs/failures.md} has the codes that there are. */
class FailurePageTest {

  private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");

  @Test
  void everyCodeOfThePageIsInTheSources() {
    String sources =
        Repository.below("io/src/main", "udf/src/main").stream()
            .filter(file -> file.toString().endsWith(".java"))
            .map(Path::toString)
            .map(Repository::text)
            .collect(Collectors.joining());

    assertThat(codes()).hasSizeGreaterThan(20);
    for (String code : codes()) {
      assertThat(sources.contains("\"" + code + "\"")).as(code).isTrue();
    }
  }

  @Test
  void everyCodeWithANameIsOnThePage() {
    Stream.of(DecodeException.class, UnreadableImageException.class, Failure.class)
        .flatMap(type -> Arrays.stream(type.getFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .forEach(
            field -> {
              try {
                assertThat(codes()).contains((String) field.get(null));
              } catch (IllegalAccessException impossible) {
                throw new IllegalStateException(impossible);
              }
            });
  }

  /** The words of the table's second column. */
  private static Set<String> codes() {
    Set<String> codes = new TreeSet<>();
    Repository.text("docs/failures.md")
        .lines()
        .filter(line -> line.startsWith("| `") || line.startsWith("| any"))
        .map(line -> line.split("\\|", -1)[2])
        .forEach(cell -> WORD.matcher(cell).results().forEach(word -> codes.add(word.group(1))));
    return codes;
  }
}
