package org.retinaspark.io.reading;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the names of archives become text, of which nothing is lost: a byte that is no text becomes
 * {@code \xE4}, and so that this can be told from a name that has just these characters, their
 * backslash becomes {@code \x5C}.
 */
final class NameEncoding {

  /**
   * What zip names are that don't say they are UTF-8 (APPNOTE, appendix D). A slim JVM lacks it,
   * and has their other bytes escaped.
   */
  private static final Charset CP437 =
      Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.US_ASCII;

  private static final Pattern ESCAPE = Pattern.compile("\\\\(?=x[0-9A-Fa-f]{2})");

  private final @Nullable Charset given;

  /**
   * An encoding for names that don't say theirs.
   *
   * @param given its name; nothing for what is usual in an archive
   * @throws IllegalArgumentException if the JVM doesn't know it
   */
  NameEncoding(@Nullable String given) {
    this.given = given == null ? null : Charset.forName(given);
  }

  /** A name that is said to be UTF-8. */
  static String utf8(byte[] name) {
    return text(name, StandardCharsets.UTF_8);
  }

  /** A name of a tar, usually in the encoding of the machine that made it, which is UTF-8 today. */
  String ofTar(byte[] name) {
    return text(name, given == null ? StandardCharsets.UTF_8 : given);
  }

  /**
   * A name of a zip that doesn't say that it is UTF-8. It may be all the same, since macOS doesn't
   * say it; text in cp437 that is good UTF-8 would be a strange one.
   */
  String ofZip(byte[] name) {
    if (given != null) {
      return text(name, given);
    }
    return exact(name, StandardCharsets.UTF_8).orElseGet(() -> text(name, CP437));
  }

  private static Optional<String> exact(byte[] name, Charset charset) {
    String text = text(name, charset);
    return Arrays.equals(text.getBytes(charset), name) ? Optional.of(text) : Optional.empty();
  }

  private static String text(byte[] name, Charset charset) {
    CharsetDecoder decoder = charset.newDecoder(); // reports what is no text
    ByteBuffer bytes = ByteBuffer.wrap(name);
    CharBuffer run = CharBuffer.allocate((int) (name.length * decoder.maxCharsPerByte()) + 1);
    StringBuilder text = new StringBuilder(name.length);
    while (true) {
      CoderResult result = decoder.decode(bytes, run, true);
      if (!result.isError()) {
        decoder.flush(run);
      }
      text.append(ESCAPE.matcher(run.flip()).replaceAll("\\\\x5C"));
      if (!result.isError()) {
        return text.toString();
      }
      for (int count = result.length(); count > 0; count--) {
        text.append("\\x%02X".formatted(bytes.get() & 0xff));
      }
      decoder.reset();
      run.clear();
    }
  }
}
