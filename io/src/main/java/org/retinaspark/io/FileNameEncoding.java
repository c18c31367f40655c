package org.retinaspark.io;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The encoding in which a JVM takes names of local files and its arguments for text. On Linux it is
 * the locale's, and nothing else sets it: without {@code LANG}, as under cron and systemd, it is
 * ASCII, and files with other names can't be opened.
 *
 * @param charset the encoding
 */
public record FileNameEncoding(Charset charset) {

  private static final char UNREADABLE = '\uFFFD';

  /** This JVM's. */
  public static final FileNameEncoding HERE =
      new FileNameEncoding(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));

  /** Whether files of this name can be found, and the name is what people see. */
  public boolean bears(String name) {
    return charset.equals(StandardCharsets.UTF_8)
        || StandardCharsets.US_ASCII.newEncoder().canEncode(name);
  }

  /**
   * Makes sure that a name can be said.
   *
   * @throws UnusableLocationException if it can't, with the remedy
   */
  public void require(String name) {
    if (!bears(name)) {
      throw new UnusableLocationException(
          "the name of '%s' can't be read: nothing was done. %s".formatted(name, remedy()));
    }
  }

  /**
   * Makes sure that Java could read an argument: U+FFFD stands there for each byte that it
   * couldn't.
   *
   * @throws IllegalArgumentException if it could not, with the remedy
   */
  public void requireReadable(String argument) {
    if (!charset.equals(StandardCharsets.UTF_8) && argument.indexOf(UNREADABLE) >= 0) {
      throw new IllegalArgumentException(
          "the argument '%s' could not be read: nothing was done. %s"
              .formatted(argument, remedy()));
    }
  }

  /** What to do where it doesn't bear a name. */
  public String remedy() {
    return ("Java takes names of files for %s here, since the locale says so. Set LC_ALL=C.UTF-8,"
            + " on a cluster also by --conf spark.executorEnv.LC_ALL=C.UTF-8 and --conf"
            + " spark.yarn.appMasterEnv.LC_ALL=C.UTF-8")
        .formatted(charset.name());
  }
}
