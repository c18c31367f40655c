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
