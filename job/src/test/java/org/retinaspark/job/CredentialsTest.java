package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens a store is written nowhere. */
class CredentialsTest {

  private static final String SECRET = "wJalrXUtnFEMI0K7MDENG";

  @TempDir private Path folder;
  private final Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();

  private final Level level = root().getLevel();

  @AfterEach
  void forget() {
    hadoop.unset("fs.s3a.secret.key");
    hadoop.unset("fs.s3a.session.token");
  }

  @Test
  void noFileAndNoLogLineHasThem() throws IOException {
    hadoop.set("fs.s3a.secret.key", SECRET);
    hadoop.set("fs.s3a.session.token", SECRET);
    Photos.write(folder.resolve("photos/one.png"), 1);
    Photos.model(folder.resolve("tiny.onnx"));

    StringWriter log = new StringWriter();
    WriterAppender appender = listen(log);
    try {
      assertThat(detect(folder.resolve("photos").toString())).isEqualTo(ExitStatus.DONE);
    } finally {
      silence(appender);
    }

    assertThat(log.toString()).contains("to do").doesNotContain(SECRET);
    try (Stream<Path> files = Files.walk(folder.resolve("faces"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://AKIAEXAMPLE:" + SECRET + "@bucket/photos",
        "s3a://AKIAEXAMPLE:" + SECRET + "/x@bucket/photos",
        "hdfs://user:" + SECRET + "@host:8020/photos",
        "https://host/photos.tar?X-Amz-Signature=" + SECRET,
        "https://account.blob.core.windows.net/c/photos.tar?sv=1&sig=" + SECRET
      })
  void passwordInALocationIsRefusedAndNotRepeated(String input) {
    StringWriter errors = new StringWriter();
    StringWriter log = new StringWriter();
    WriterAppender appender = listen(log);
    int status;
    try {
      status = run(errors, "detect", "--input", input, "--output", "faces", "--model", "m.onnx");
    } finally {
      silence(appender);
    }

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString())
        .contains("--input has a user, a password or a signature")
        .doesNotContain(SECRET);
    assertThat(log.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photos/a:b@c",
        "file:///photos/a:b@c",
        "hdfs://host:8020/a:b@c",
        "hdfs://host:8020",
        "hdfs://[::1]:8020/photos",
        "abfss://container@account.dfs.core.windows.net/a:b",
        "s3a://bucket/a:b@c"
      })
  void otherColonsAreNoPasswords(String location) {
    assertThatCode(() -> Credentials.requireNone(List.of("--input", location)))
        .doesNotThrowAnyException();
  }

  @Test
  void everyOptionOfEveryCommandIsLookedAt() {
    for (String[] command :
        new String[][] {
          {"detect", "--input", "a", "--output=s3a://a:%s@c/d".formatted(SECRET), "--model", "m"},
          {"preview", "--detections", "https://h/t?sig=" + SECRET, "--output", "o"},
          {
            "export",
            "--detections",
            "t",
            "--format",
            "coco",
            "--output",
            "s3a://" + SECRET + "@b/x"
          },
          {
            "evaluate",
            "--detections",
            "t",
            "--ground-truth",
            "https://h/?x-amz-signature=" + SECRET
          },
          {"detect", "--inptu=s3a://a:%s@c/d".formatted(SECRET)}
        }) {
      StringWriter errors = new StringWriter();
      assertThat(run(errors, command)).as(command[0]).isEqualTo(ExitStatus.USAGE);
      assertThat(errors.toString()).contains("retinaspark: ").doesNotContain(SECRET);
    }
  }

  private int detect(String input) {
    return run(
        new StringWriter(),
        "detect",
        "--input",
        input,
        "--output",
        folder.resolve("faces").toString(),
        "--model",
        folder.resolve("tiny.onnx").toString(),
        "--progress",
        "none");
  }

  private static int run(StringWriter errors, String... arguments) {
    return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(errors, true), arguments);
  }

  private static WriterAppender listen(StringWriter log) {
    WriterAppender appender =
        WriterAppender.newBuilder()
            .setName("credentials-test")
            .setTarget(log)
            .setLayout(PatternLayout.newBuilder().withPattern("%p %c %m%n%ex").build())
            .build();
    appender.start();
    root().addAppender(appender);
    Configurator.setRootLevel(Level.INFO);
    return appender;
  }

  private void silence(WriterAppender appender) {
    root().removeAppender(appender);
    Configurator.setRootLevel(level);
  }

  private static Logger root() {
    return (Logger) LogManager.getRootLogger();
  }
}
