package org.retinaspark.io.folders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.io.FileNameEncoding;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.reading.OpenLocalFile;

/** A JVM without a UTF-8 locale, as under cron, refuses names that it can't say, and only those. */
@EnabledOnOs(OS.LINUX)
final class OtherLocaleTest {

  @TempDir private Path folder;

  @Test
  void namesOfAsciiAreListedInEveryLocale() throws Exception {
    Files.writeString(folder.resolve("a.jpg"), "a");
    assertThat(run("C", Listing.class, folder.toString())).isEqualTo("1 file a.jpg\n");
  }

  @Test
  void otherNamesAreListedInUtf8AndRefusedElsewhere() throws Exception {
    Files.writeString(folder.resolve("größe.jpg"), "a");
    assertThat(run("C.UTF-8", Listing.class, folder.toString())).isEqualTo("1 file größe.jpg\n");
    assertThat(run("C", Listing.class, folder.toString()))
        .startsWith("the name of '" + folder)
        .contains("can't be read: nothing was done. Java takes names of files for US-ASCII here")
        .contains("Set LC_ALL=C.UTF-8, on a cluster also by --conf spark.executorEnv.LC_ALL");
  }

  @Test
  void executorSaysWhyItCannotOpenAFile() throws Exception {
    Files.writeString(folder.resolve("größe.jpg"), "a");
    // As a task gets it: not by the command line, which the locale would spoil.
    String escaped = folder.resolve("größe.jpg").toString().replace("ö", "%f6").replace("ß", "%df");
    assertThat(run("C.UTF-8", OpenLocalFile.class, escaped)).isEqualTo("opened\n");
    assertThat(run("C", OpenLocalFile.class, escaped))
        .startsWith("name_encoding: ")
        .contains("Java takes names of files for US-ASCII here");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, größe 日本, true",
    "US-ASCII, größe, false",
    "US-ASCII, a:b, true",
    "ISO-8859-1, größe, false",
    "ISO-8859-1, a, true"
  })
  void encodingBearsNames(String charset, String name, boolean bears) {
    FileNameEncoding encoding = new FileNameEncoding(java.nio.charset.Charset.forName(charset));
    assertThat(encoding.bears(name)).isEqualTo(bears);
  }

  /** What a JVM of a locale and nothing else in its environment prints. */
  private static String run(String locale, Class<?> program, String argument) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            argument);
    builder.environment().clear();
    builder.environment().put("LC_ALL", locale);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  /** Lists a folder, in a JVM of its own. */
  static final class Listing {

    private Listing() {}

    public static void main(String[] arguments) throws IOException {
      StringBuilder names = new StringBuilder();
      org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(arguments[0]);
      try {
        FolderTree.visit(
            new RawLocalFileSystem(),
            root,
            List.of(root),
            new FolderTree.Visitor() {
              @Override
              public void accept(FoundFile file) {
                names.append("1 file ").append(file.path());
              }

              @Override
              public void passOver(PassedOver.Reason reason, String path) {
                names.append(reason);
              }
            });
      } catch (UnusableLocationException refused) {
        names.append(refused.getMessage());
      }
      System.out.write((names + "\n").getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
  }
}
