package org.retinaspark.job.doctor;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The Java that runs this: Spark needs packages of the JDK opened, and the native libraries are for
 * 64 bits.
 *
 * @param version in full, with who made it
 * @param platform operating system and processor, as {@code Linux amd64}
 * @param closed packages that Spark needs opened and that aren't
 */
record JavaCheck(String version, String platform, Set<String> closed) implements Check {

  private static final Pattern OPENED = Pattern.compile("--add-opens=java.base/([\\w.]+)=");

  /** Where ONNX Runtime and JNA have native code in the jar. */
  private static final Pattern SERVED = Pattern.compile("(Linux|Mac OS X) (amd64|x86_64|aarch64)");

  static JavaCheck here() {
    return new JavaCheck(
        "%s (%s), %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")),
        "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
        closedPackages());
  }

  /** Of those that Spark's launcher opens and this JDK has. */
  private static Set<String> closedPackages() {
    Module base = Object.class.getModule();
    Set<String> closed = new TreeSet<>();
    Matcher opened = OPENED.matcher(JavaModuleOptions.defaultModuleOptions());
    while (opened.find()) {
      String name = opened.group(1);
      if (base.getPackages().contains(name) && !base.isOpen(name, JavaCheck.class.getModule())) {
        closed.add(name);
      }
    }
    return closed;
  }

  @Override
  public String subject() {
    return "Java";
  }

  @Override
  public List<Finding> look() {
    if (!SERVED.matcher(platform).matches()) {
      return List.of(
          Finding.problem(
              subject(),
              "%s on %s".formatted(version, platform),
              "the jar has ONNX Runtime for 64-bit Linux and macOS, x64 and arm64, and no other",
              "run it on one of these, with a 64-bit JDK"));
    }
    if (!closed.isEmpty()) {
      return List.of(
          Finding.problem(
              subject(),
              "%s, with closed packages: %s".formatted(version, String.join(", ", closed)),
              "Spark fails when it reaches into them",
              "start with bin/retinaspark or spark-submit, which open them, and not with java"
                  + " -jar"));
    }
    return List.of(Finding.ok(subject(), "%s, %s".formatted(version, platform)));
  }
}
