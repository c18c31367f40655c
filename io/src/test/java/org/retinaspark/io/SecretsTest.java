package org.retinaspark.io;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens a file is not shown, and all else is. */
class SecretsTest {

  @ParameterizedTest
  @CsvSource({
    "https://user:pass@host/a.jpg, https://***@host/a.jpg",
    "https://token@host/a.jpg, https://***@host/a.jpg",
    "s3a://AKIA:abc/x@bucket/a.jpg, s3a://***@bucket/a.jpg",
    "S3A://a:b@c@bucket/x@y.jpg, S3A://***@bucket/x@y.jpg",
    "abfss://box:key@account.dfs.core.windows.net/a, abfss://***@account.dfs.core.windows.net/a",
    "https://h/a.jpg?sv=2&sig=abc%2F+=&se=1, https://h/a.jpg?sv=2&sig=***&se=1",
    "https://h/a?X-Amz-Credential=AKIA/2026&X-Amz-Signature=0f#x,"
        + " https://h/a?X-Amz-Credential=***&X-Amz-Signature=***#x",
    "a.jpg?AWSAccessKeyId=AK&Expires=1&Signature=s,"
        + " a.jpg?AWSAccessKeyId=***&Expires=1&Signature=***",
    "https://h/a?%73ig=abc, https://h/a?%73ig=***",
    "https://h/a#access_token=abc, https://h/a#access_token=***",
    "can't read 'https://u:p@h/a?SIG=x': absent, can't read 'https://***@h/a?SIG=***': absent"
  })
  void hidesWhatOpensAFile(String text, String shown) {
    assertThat(Secrets.hide(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photos/a:b@c",
        "file:///photos/a:b@c",
        "hdfs://host:8020/a:b@c",
        "hdfs://host:8020",
        "hdfs://host:8020, hdfs://other:8020/x",
        "Call to hdfs://host:8020: Connection refused; see https://wiki/ConnectionRefused",
        "hdfs://[::1]:8020/photos",
        "abfss://container@account.dfs.core.windows.net/a:b",
        "s3a://bucket/a:b@c",
        "s3a://bucket/größe 日本/two%20#?.png",
        "a.jpg?width=5&height=3",
        "C:/x=y@z"
      })
  void showsAllElse(String location) {
    assertThat(Secrets.hide(location)).isEqualTo(location);
  }

  @Property
  void noSecretIsShown(
      @ForAll("secrets") String secret,
      @ForAll("schemes") String scheme,
      @ForAll("names") String name,
      @ForAll("parameters") String parameter) {
    String withPassword = scheme + "://user:p" + secret + "@host/" + name;
    assertThat(Secrets.hide(withPassword)).doesNotContain(secret).endsWith("@host/" + name);
    String signed = scheme + "://host/" + name + "?v=1&" + parameter + "=" + secret + "&x=2";
    assertThat(Secrets.hide(signed)).doesNotContain(secret).contains("host/" + name);
    assertThat(Secrets.areIn(Secrets.hide(withPassword))).isFalse();
    assertThat(Secrets.areIn(Secrets.hide(signed))).isFalse();
  }

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars("/+=%!~ ")
        .ofMinLength(8)
        .ofMaxLength(60);
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of("http", "https", "s3a", "S3", "ftp", "hdfs", "gs", "abfss");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().alpha().numeric().withChars("/ .%é").ofMaxLength(20);
  }

  @Provide
  Arbitrary<String> parameters() {
    return Arbitraries.of(
        "sig",
        "Sig",
        "Signature",
        "X-Amz-Signature",
        "x-amz-security-token",
        "X-Goog-Signature",
        "AWSAccessKeyId",
        "OSSAccessKeyId",
        "token",
        "access_token",
        "password",
        "api_key",
        "client_secret");
  }
}
