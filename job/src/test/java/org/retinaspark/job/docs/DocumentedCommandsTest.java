package org.retinaspark.job.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.job.Main;
import org.retinaspark.job.Repository;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Pages say nothing that the command line, the scripts and the build don't know. */
class DocumentedCommandsTest {

  private static final String LEFT_OUT = "...";

  /** Options of programs that are not of this repository. */
  private static final Set<String> OTHERS =
      Set.of(
          "--supervise",
          "--target",
          "--region",
          "--jars",
          "--deploy-mode",
          "--namespace",
          "--cluster",
          "--sparse",
          "--mode",
          "--origin_size");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][\\w-]+");

  @ParameterizedTest
  @MethodSource("ofTheJob")
  void theJobTakesWhatPagesSay(DocumentedCommand command) {
    List<String> arguments = arguments(command);
    try {
      commandLine().parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException refused) {
      fail("%s: %s: %s".formatted(command.place(), arguments, refused.getMessage()));
    }
  }

  static Stream<DocumentedCommand> ofTheJob() {
    return DocumentedCommand.all().stream().filter(DocumentedCommand::startsTheJob);
  }

  @Test
  void scriptsAreThereAndTakeTheirOptions() throws IOException {
    List<DocumentedCommand> scripts =
        DocumentedCommand.all().stream()
            .filter(command -> command.program().matches("(bin|deploy|notebooks|\\.ci)/.*"))
            .toList();
    assertThat(scripts).hasSizeGreaterThan(20);
    for (DocumentedCommand command : scripts) {
      assertThat(command.script()).as(command.place()).isExecutable();
      if (!command.startsTheJob()) {
        String text = Files.readString(command.script());
        for (String option : options(String.join(" ", command.words()))) {
          assertThat(text.contains(option) || below(command.script()).contains(option))
              .as("%s: %s of %s", command.place(), option, command.program())
              .isTrue();
        }
      }
    }
  }

  @Test
  void buildsNameWhatTheBuildHas() {
    String poms =
        Stream.of("pom.xml", "io/pom.xml", "udf/pom.xml", "job/pom.xml", "deploy/bench/pom.xml")
            .map(Repository::text)
            .collect(Collectors.joining());
    for (DocumentedCommand command : DocumentedCommand.all()) {
      if (!command.program().equals("mvn")) {
        continue;
      }
      for (String word : command.words()) {
        if (word.startsWith("-P")) {
          assertThat(poms).as(command.place()).contains("<id>" + word.substring(2) + "</id>");
        }
        if (word.startsWith("-Dtest=")) {
          assertThat(testClasses()).as(command.place()).contains(word.substring(7));
        }
      }
    }
  }

  @Test
  void everyOptionOnAPageIsOneOfSomeProgram() {
    Set<String> known = new TreeSet<>(OTHERS);
    collectOptions(commandLine(), known);
    for (Path file : Repository.below("bin", "deploy", "notebooks", ".ci")) {
      if (!file.toString().endsWith(".md") && isText(file)) {
        known.addAll(options(text(file)));
      }
    }
    Set<String> unknown = new TreeSet<>();
    for (String page : DocumentedCommand.pages()) {
      options(Repository.text(page)).stream()
          .filter(option -> !known.contains(option))
          .forEach(option -> unknown.add(page + ": " + option));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void pagesAndTestsThatPagesNameAreThere() {
    Set<String> tests = testClasses();
    Pattern link = Pattern.compile("\\]\\(([\\w./-]+?)(?:#[\\w-]+)?\\)");
    Pattern path = Pattern.compile("`((?:docs|deploy|bin|notebooks)/(?!bench/target)[\\w./-]+)`");
    Pattern test = Pattern.compile("`(\\w+Test)`");
    for (String page : DocumentedCommand.pages()) {
      String text = Repository.text(page);
      Path file = Repository.file(page);
      for (String target : all(link, text)) {
        assertThat(file.resolveSibling(target)).as(page).exists();
      }
      for (String target : all(path, text)) {
        assertThat(Repository.file(target)).as(page).exists();
      }
      assertThat(tests).as(page).containsAll(all(test, text));
    }
  }

  /** What follows the options of spark-submit, without what a page leaves to the reader. */
  private static List<String> arguments(DocumentedCommand command) {
    List<String> words = command.words();
    int begin = 1;
    if (!command.program().equals("bin/retinaspark")) {
      Set<String> commands = commandLine().getSubcommands().keySet();
      while (begin < words.size() && !commands.contains(words.get(begin))) {
        begin++;
      }
    }
    Set<String> ofSpark = sparkOptions();
    List<String> arguments = new ArrayList<>();
    for (int word = begin; word < words.size(); word++) {
      String said = words.get(word);
      String before = words.get(word - 1);
      if (ofSpark.contains(said)) {
        word++;
      } else if (!(said.equals(LEFT_OUT) && !before.startsWith("--"))
          && !ofSpark.contains(said.replaceFirst("=.*", ""))) {
        arguments.add(said);
      }
    }
    if (arguments.equals(List.of("demo"))) { // bin/retinaspark says where it put the photos
      arguments.add("--photos=photos");
    }
    return arguments;
  }

  /** Options with a value that bin/retinaspark hands to spark-submit, wherever they stand. */
  private static Set<String> sparkOptions() {
    Matcher list =
        Pattern.compile("spark_options='([^']*)'").matcher(Repository.text("bin/retinaspark"));
    assertThat(list.find()).isTrue();
    return options(list.group(1));
  }

  private static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static void collectOptions(CommandLine command, Set<String> options) {
    command.getCommandSpec().optionsMap().keySet().forEach(options::add);
    command.getSubcommands().values().forEach(each -> collectOptions(each, options));
  }

  private static Set<String> options(String text) {
    return new TreeSet<>(all(OPTION, text));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.groupCount() == 0 ? found.group() : found.group(1))
        .toList();
  }

  private static Set<String> testClasses() {
    return Repository.below("io/src", "udf/src", "job/src", "deploy/bench/src").stream()
        .map(file -> String.valueOf(file.getFileName()))
        .filter(file -> file.endsWith(".java"))
        .map(file -> file.replace(".java", ""))
        .collect(Collectors.toSet());
  }

  /** A script may leave its options to a program beside it. */
  private static String below(Path script) {
    try (Stream<Path> beside = Files.list(script.resolveSibling("."))) {
      return beside
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".py"))
          .map(DocumentedCommandsTest::text)
          .collect(Collectors.joining());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isText(Path file) {
    return !file.toString().matches(".*\\.(jar|class|png|jpg|onnx|pyc|whl)");
  }

  private static String text(Path file) {
    return Repository.text(file.toString());
  }
}
