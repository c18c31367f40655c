package org.retinaspark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.retinaspark.io.Secrets;

/**
 * The command line of this run, fit for logs and tables: whole, and without secrets.
 *
 * @param arguments of RetinaSpark, from the command's name on
 */
public record Invocation(List<String> arguments) {

  /** How the launcher of one machine is called, if it started this. */
  private static final String LAUNCHER = "retinaspark.launcher";

  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  /** Keeps them without secrets. */
  public Invocation {
    arguments = arguments.stream().map(Secrets::hide).toList();
  }

  /** The same run, going on with what is there. */
  public Invocation resumed() {
    List<String> resumed = new ArrayList<>(arguments);
    resumed.remove("--overwrite");
    if (!resumed.contains("--resume") && !resumed.contains("--retry-failed")) {
      resumed.add("--resume");
    }
    return new Invocation(resumed);
  }

  /** What to do if the process is told to end. */
  public String wayOn(String output) {
    return "What is committed stays at %s. Go on, with the same options of Spark, by%n  %s %s"
        .formatted(output, System.getProperty(LAUNCHER, "spark-submit ..."), resumed().text());
  }

  /** As a shell takes it. */
  public String text() {
    return arguments.stream().map(Invocation::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
