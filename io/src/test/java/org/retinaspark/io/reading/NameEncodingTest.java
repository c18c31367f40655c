package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Names of archives lose nothing on their way to a key. */
final class NameEncodingTest {

  @Provide
  Arbitrary<byte[]> names() {
    return Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(12),
            Arbitraries.strings()
                .withChars("\\x4E9\u00e4\u65e5/.")
                .ofMaxLength(12)
                .map(text -> text.getBytes(StandardCharsets.UTF_8)))
        .map(byte[]::clone);
  }

  @Property
  void anyBytesComeBack(@ForAll("names") byte[] name) {
    assertThat(bytes(NameEncoding.utf8(name), StandardCharsets.UTF_8)).isEqualTo(name);
    assertThat(bytes(new NameEncoding("US-ASCII").ofZip(name), StandardCharsets.US_ASCII))
        .isEqualTo(name);
    assertThat(bytes(new NameEncoding("cp437").ofTar(name), Charset.forName("cp437")))
        .isEqualTo(name);
  }

  /** As the documentation says it is turned back. */
  private static byte[] bytes(String name, Charset charset) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < name.length(); at++) {
      if (name.substring(at).matches("(?s)\\\\x[0-9A-Fa-f]{2}.*")) {
        bytes.write(Integer.parseInt(name.substring(at + 2, at + 4), 16));
        at += 3;
      } else {
        int character = name.codePointAt(at);
        bytes.writeBytes(Character.toString(character).getBytes(charset));
        at += Character.charCount(character) - 1;
      }
    }
    return bytes.toByteArray();
  }

  @Example
  void unknownEncodingIsRefused() {
    assertThatThrownBy(() -> new NameEncoding("klingon"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
