package org.retinaspark.job.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.retinaspark.job.Repository;

/**
 * A command of a page's indented block, as a reader would copy it.
 *
 * @param place the page and the line
 * @param words as a shell parts them
 */
record DocumentedCommand(String place, List<String> words) {

  private static final String INDENT = "    ";

  /** First words of commands; other blocks show what is printed, queries, formulas. */
  private static final Set<String> PROGRAMS =
      Set.of("mvn", "spark-submit", "docker", "kubectl", "gcloud", "pip", "python3");

  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  /**
   * Pages that a reader is sent to, but not decisions, which tell of their own time, and what is
   * made of the help texts.
   */
  static List<String> pages() {
    Stream<String> docs =
        Repository.below("docs", "deploy", "notebooks").stream()
            .map(file -> Repository.file("").relativize(file).toString().replace('\\', '/'))
            .filter(
                file -> file.endsWith(".md") && !file.matches("docs/(decisions/.*|commands.md)"));
    return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md"), docs).toList();
  }

  /** Those of all pages. */
  static List<DocumentedCommand> all() {
    return pages().stream().flatMap(page -> of(page).stream()).toList();
  }

  private static List<DocumentedCommand> of(String page) {
    List<DocumentedCommand> found = new ArrayList<>();
    List<String> lines = Repository.text(page).lines().toList();
    for (int line = 0; line < lines.size(); line++) {
      if (!lines.get(line).startsWith(INDENT)) {
        continue;
      }
      String place = page + ":" + (line + 1);
      StringBuilder text = new StringBuilder(lines.get(line).strip());
      while (text.charAt(Math.max(0, text.length() - 1)) == '\\' && line + 1 < lines.size()) {
        line++;
        text.setLength(text.length() - 1);
        text.append(' ').append(lines.get(line).strip());
      }
      List<String> words = words(text.toString());
      if (!words.isEmpty() && isProgram(words.get(0))) {
        found.add(new DocumentedCommand(place, words));
      }
    }
    return found;
  }

  private static boolean isProgram(String word) {
    return PROGRAMS.contains(word)
        || word.matches("(bin|deploy|notebooks|\\.ci)/.*")
        || word.matches("[A-Z_]{3,}=.*");
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word = matcher.group();
      if (word.startsWith("#") || word.equals("&&")) {
        break;
      }
      words.add(word.replaceAll("[\"']", ""));
    }
    return words;
  }

  /** Whether it starts RetinaSpark, by whatever means. */
  boolean startsTheJob() {
    return program().equals("bin/retinaspark")
        || words.stream().anyMatch(word -> word.equals("org.retinaspark.job.Main"))
        || program().equals("spark-submit");
  }

  String program() {
    return words.get(0);
  }

  /** A path of this repository that it names, if its program is one. */
  Path script() {
    return Repository.file(program());
  }
}
