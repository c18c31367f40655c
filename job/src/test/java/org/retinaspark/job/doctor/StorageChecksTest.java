package org.retinaspark.job.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.Photos;
import org.retinaspark.job.s3.S3Server;

/** Inputs and outputs, on a disk and on S3's protocol. */
class StorageChecksTest {

  @TempDir private Path folder;

  @Test
  void readsTheHeadOfAFile() throws IOException {
    Photos.write(folder.resolve("in/deep/one.png"), 1);

    assertThat(input(folder.resolve("in").toString(), new Configuration()).found())
        .contains("one.png is read: PNG");
    assertThat(input(folder + "/in/*/*.png", new Configuration()).verdict()).isEqualTo(Verdict.OK);

    Path text = Files.writeString(folder.resolve("list.txt"), "a list of images, in words");
    assertThat(input(text.toString(), new Configuration()).found()).contains("no image by");
  }

  @Test
  void saysWhatIsWrongWithAnInput() throws IOException {
    Finding absent = input(folder.resolve("absent").toString(), new Configuration());
    assertThat(absent.isProblem()).isTrue();
    assertThat(absent.remedy()).isEqualTo(StorageRemedy.NOT_THERE.text());

    Files.createDirectories(folder.resolve("empty/below"));
    assertThat(input(folder.resolve("empty").toString(), new Configuration()).found())
        .contains("there is no file below");

    Configuration plain = new Configuration();
    plain.set("fs.ghost.impl", "org.apache.hadoop.fs.s3a.AbsentFileSystem");
    assertThat(input("ghost://bucket/a", plain).remedy()).contains("--packages org.apache.hadoop");
    assertThat(input("nostore://bucket/a", plain).remedy()).contains("--packages or --jars");
  }

  @Test
  void writesAndDeletes() throws IOException {
    Path output = folder.resolve("new/table");
    assertThat(output(output.toString(), new Configuration()).verdict()).isEqualTo(Verdict.OK);
    assertThat(folder.resolve("new")).doesNotExist();

    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThat(output(file.resolve("table").toString(), new Configuration()).isProblem()).isTrue();
  }

  @Test
  void asksAStore() throws IOException {
    try (S3Server store = S3Server.start(folder.resolve("store"), "doctor")) {
      Path photo = Photos.write(folder.resolve("one.png"), 1);
      Configuration hadoop = new Configuration();
      store.settings().forEach(hadoop::set);
      hadoop.setInt("fs.s3a.attempts.maximum", 1);
      hadoop.setInt("fs.s3a.retry.limit", 1);
      org.apache.hadoop.fs.Path photos = new org.apache.hadoop.fs.Path(store.uri("photos/one.png"));
      photos
          .getFileSystem(hadoop)
          .copyFromLocalFile(new org.apache.hadoop.fs.Path(photo.toUri()), photos);

      assertThat(input(store.uri("photos"), hadoop).found()).contains("one.png is read: PNG");
      assertThat(output(store.uri("faces"), hadoop).verdict()).isEqualTo(Verdict.OK);
      assertThat(folder.resolve("store/doctor/faces"))
          .satisfiesAnyOf(
              path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
      assertThat(input(store.uri("absent"), hadoop).remedy())
          .isEqualTo(StorageRemedy.NOT_THERE.text());
      hadoop.set("fs.s3a.bucket.doctor.secret.key", "wrong");
      hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
      assertThat(input(store.uri("photos"), hadoop).isProblem()).isTrue();
    }
  }

  @Test
  void knowsWhatStoresSay() {
    assertThat(StorageRemedy.of(new IOException("a", new AccessDeniedException("s3a://b"))))
        .isEqualTo(StorageRemedy.NO_RIGHT);
    assertThat(StorageRemedy.of(new IOException("Unable to load credentials from any provider")))
        .isEqualTo(StorageRemedy.NO_CREDENTIALS);
    assertThat(StorageRemedy.of(new IOException("... SignatureDoesNotMatch ...")))
        .isEqualTo(StorageRemedy.WRONG_CREDENTIALS);
    assertThat(StorageRemedy.of(new IOException(new ConnectException("refused"))))
        .isEqualTo(StorageRemedy.NO_HOST);
    assertThat(StorageRemedy.of(new FileNotFoundException("a"))).isEqualTo(StorageRemedy.NOT_THERE);
    assertThat(StorageRemedy.of(new IllegalStateException())).isEqualTo(StorageRemedy.OTHER);
  }

  private static Finding input(String location, Configuration hadoop) {
    return new InputCheck(location, hadoop).findings().get(0);
  }

  private static Finding output(String location, Configuration hadoop) {
    return new OutputCheck(location, hadoop).findings().get(0);
  }
}
