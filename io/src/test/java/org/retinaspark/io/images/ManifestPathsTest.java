package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No spelling leads out of the folders that a manifest may name. */
class ManifestPathsTest {

  private static final ManifestPaths IN_A_BUCKET =
      paths("s3a://bucket/set/list.csv", "s3a://other/images", "hdfs://node:8020/data");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        "sub/a.jpg",
        "sub/../a.jpg",
        "./a.jpg",
        "/set/a.jpg",
        "//set/a.jpg",
        "s3a://bucket/set/a.jpg",
        "s3a://bucket//set/./a.jpg",
        "s3a://other/images/x/a.jpg",
        "hdfs:///data/a.jpg",
        "hdfs://node:8020/data/a.jpg",
        "%2e%2e/a.jpg",
        "a:b.jpg",
        "jar:file:/a.jar!/b.jpg",
        "..a.jpg",
        "sub/..a/b.jpg"
      })
  void leadsTo(String path) {
    assertThat(refusal(path)).as(path).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.jpg",
        "sub/../../a.jpg",
        "../../../../../etc/passwd",
        "/a.jpg",
        "/setting/a.jpg",
        "/set",
        "s3a://bucket/set",
        "s3a://bucket/a.jpg",
        "s3a://bucket/set/../a.jpg",
        "s3a://evil/set/a.jpg",
        "s3a://bucket./set/a.jpg",
        "s3a://bucket:443/set/a.jpg",
        "s3a://BUCKET/set/a.jpg",
        "S3A://bucket/set/a.jpg",
        "s3://bucket/set/a.jpg",
        "s3a:/set/a.jpg",
        "s3a:///set/a.jpg",
        "s3a://other/imagesx/a.jpg",
        "s3a://other/images/../a.jpg",
        "file:/etc/passwd",
        "file:///etc/passwd",
        "file://localhost/set/a.jpg",
        "FILE:/etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "https://bucket/set/a.jpg",
        "ftp://host/set/a.jpg",
        "hdfs://evil/data/a.jpg",
        "hdfs:///a.jpg",
        "jar:/a.jar!/b.jpg",
        "C:/a.jpg",
        "viewfs:///set/a.jpg",
        "har://s3a-bucket/set/a.har/b.jpg",
        ":/a.jpg/../../../x"
      })
  void doesNotLeadTo(String path) {
    assertThat(refusal(path)).as(path).contains("--manifest-root");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://AKIA:PASSWORD@bucket/set/a.jpg",
        "s3a://bucket/set/a.jpg?X-Amz-Signature=PASSWORD",
        "a.jpg?sig=PASSWORD",
        "https://PASSWORD@host/a.jpg",
        "s3a://PASSWORD@bucket/set/a.jpg"
      })
  void refusesSecretsAndForgetsThem(String path) {
    Row resolved = Objects.requireNonNull(IN_A_BUCKET.call(path));
    assertThat(resolved.toString()).doesNotContain("PASSWORD");
    assertThat(resolved.<String>getAs(3)).contains("has a user's name, a password or a signature");
  }

  @Property
  void whatIsAllowedStaysBelow(@ForAll("hostilePaths") String path) {
    Row resolved = Objects.requireNonNull(IN_A_BUCKET.call(path));
    if (resolved.isNullAt(3)) {
      Path opened = new Path(resolved.getString(0) + resolved.getString(1));
      URI real = opened.toUri();
      String place =
          real.getScheme() + "|" + real.getAuthority() + "|" + real.normalize().getPath();
      assertThat(place)
          .matches(
              "(?s)s3a\\|bucket\\|/set/.+|s3a\\|other\\|/images/.+|hdfs\\|(node:8020|null)\\|/data/.+");
      assertThat(real.normalize().getPath()).doesNotContain("/../");
    }
  }

  @Provide
  Arbitrary<String> hostilePaths() {
    return Arbitraries.of(
            "..",
            ".",
            "/",
            "//",
            "set",
            "images",
            "data",
            "a.jpg",
            "s3a:",
            "hdfs:",
            "file:",
            "bucket",
            "other",
            "node:8020",
            "@",
            "evil",
            ":",
            "%2e%2e",
            "%2f",
            "\\",
            "?",
            "#",
            " ",
            "\u0000")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static ManifestPaths paths(String manifest, String... roots) {
    return new ManifestPaths(
        new Path(manifest),
        List.of(roots).stream().map(Path::new).toList(),
        URI.create("hdfs://node:8020"));
  }

  private static String refusal(String path) {
    return Objects.requireNonNull(IN_A_BUCKET.call(path)).getAs(3);
  }
}
