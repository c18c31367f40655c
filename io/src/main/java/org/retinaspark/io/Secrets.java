package org.retinaspark.io;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not be shown of a location: who asks, his password, and signatures that open a file to
 * all who have them. Locations stand in tables, keys, logs, pages and Spark's web UI.
 */
public final class Secrets {

  /** What stands for a secret. */
  public static final String HIDDEN = "***";

  /**
   * What stands before the host of a URI. Without an at sign there, a colon that no port follows
   * begins a password with a slash inside, as keys of AWS have them. A port may end a clause.
   */
  private static final Pattern USER =
      Pattern.compile(
          "(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://+"
              + "(?<user>[^/?#]*@|[^/?#\\[]*:(?!\\d*(?:[/?#\\s'\",]|:\\s|$))(?:.*@|[^/?#]*))",
          Pattern.DOTALL);

  /** Schemes that have a container's name where others have a user's. */
  private static final Set<String> CONTAINERS = Set.of("abfs", "abfss", "wasb", "wasbs");

  private static final Pattern PARAMETER =
      Pattern.compile("(?<=[?#&;])(?<name>[^=?#&;/]{1,100})=[^&#'\"\\v]+");

  /** Of AWS, Azure, Google, Alibaba, Akamai, and what people call such things. */
  private static final Pattern SECRET =
      Pattern.compile(
          "sig|policy|key|auth|authorization|jwt|delegation|awsaccesskeyid|googleaccessid"
              + "|ossaccesskeyid|key-pair-id|hdn(ea|ts|tl)|x-(amz|goog|oss|obs|cos|ms)-.*"
              + "|.*(signature|token|secret|passw|pwd|credential|access_?key|api[_-]?key).*",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** Whether a text has any. */
  public static boolean areIn(String text) {
    return !hide(text).equals(text);
  }

  /** A location, or a text that has some, without them. */
  public static String hide(String text) {
    String anonymous = text.contains("://") ? USER.matcher(text).replaceAll(Secrets::user) : text;
    return anonymous.contains("=")
        ? PARAMETER.matcher(anonymous).replaceAll(Secrets::parameter)
        : anonymous;
  }

  private static String user(MatchResult found) {
    String scheme = found.group(1);
    String user = found.group(2);
    boolean container =
        CONTAINERS.contains(scheme.toLowerCase(Locale.ROOT)) && user.matches("[^:@]*@");
    return quoted(container ? found.group() : scheme + "://" + HIDDEN + "@");
  }

  private static String parameter(MatchResult found) {
    String name = found.group(1);
    boolean secret = SECRET.matcher(decoded(name)).matches();
    return quoted(secret ? name + "=" + HIDDEN : found.group());
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return name;
    }
  }
}
