package org.retinaspark.job.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Main;
import org.retinaspark.job.Repository;
import picocli.CommandLine;

/** {@code docs/commands.md} is what {@code --help} says. */
class CommandPageTest {

  private static final Path PAGE = Repository.file("docs/commands.md");

  /** Writes the page in place of comparing it. */
  private static final String WRITE = "retinaspark.docs.write";

  @Test
  void saysWhatHelpSays() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # All commands and options

            What `--help` says after each command. Made by `mvn -pl job -am test -Dtest=CommandPageTest -Dsurefire.failIfNoSpecifiedTests=false -D%s`;
            a test compares.
            """
                .formatted(WRITE));
    add(page, List.of(), new CommandLine(new Main()));

    if (System.getProperty(WRITE) != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  private static void add(StringBuilder page, List<String> command, CommandLine line) {
    List<String> help = new ArrayList<>(command);
    help.add("--help");
    StringWriter output = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(output),
            new PrintWriter(new StringWriter()),
            help.toArray(String[]::new));
    assertThat(status).isEqualTo(ExitStatus.DONE);
    page.append(
        "\n## retinaspark%s\n\n"
            .formatted(command.isEmpty() ? "" : " " + String.join(" ", command)));
    output
        .toString()
        .lines()
        .forEach(said -> page.append(said.isBlank() ? "" : "    " + said).append('\n'));
    for (CommandLine each : line.getSubcommands().values()) {
      if (!each.getCommandName().equals("help")) {
        List<String> deeper = new ArrayList<>(command);
        deeper.add(each.getCommandName());
        add(page, deeper, each);
      }
    }
  }
}
