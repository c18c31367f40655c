package org.retinaspark.job;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The list of options in {@code --help}, in the order of their declaration, each {@link Heading}
 * above those that follow it. A command without headings gets picocli's own list. (Picocli's groups
 * of arguments would do this too, but they change how options are parsed and read back.)
 */
final class OptionsUnderHeadings implements IHelpSectionRenderer {

  private static final String STANDARD = "Help";

  @Override
  public String render(Help help) {
    Map<String, List<OptionSpec>> groups = groups(help.commandSpec().options());
    if (groups.size() == 1) {
      return help.optionList();
    }
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (heading, options) ->
            text.append(help.createHeading("%n%s:%n", heading))
                .append(
                    help.optionListExcludingGroups(
                        options,
                        help.createDefaultLayout(),
                        null, // as they are declared
                        help.parameterLabelRenderer())));
    return text.toString();
  }

  /** Options by heading; those before the first one, and picocli's own, stand under the last. */
  private static Map<String, List<OptionSpec>> groups(List<OptionSpec> options) {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    List<OptionSpec> standard = new ArrayList<>();
    List<OptionSpec> current = standard;
    for (OptionSpec option : options) {
      String heading = heading(option);
      if (heading != null) {
        current = groups.computeIfAbsent(heading, unused -> new ArrayList<>());
      }
      (option.usageHelp() || option.versionHelp() ? standard : current).add(option);
    }
    groups.put(STANDARD, standard);
    return groups;
  }

  private static @Nullable String heading(OptionSpec option) {
    return option.userObject() instanceof AnnotatedElement field
            && field.isAnnotationPresent(Heading.class)
        ? field.getAnnotation(Heading.class).value()
        : null;
  }
}
