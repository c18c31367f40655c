package org.retinaspark.io.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.folders.PassedOverCounter;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.NameFilter;

/** Archives of tests, read as a task reads them. */
record OpenArchive(
    Path folder,
    String scheme,
    Configuration hadoop,
    long maximumBytes,
    @Nullable String nameEncoding,
    PassedOverCounter passedOver) {

  static OpenArchive in(Path folder) {
    return new OpenArchive(
        folder, "file:", new Configuration(), 1 << 20, null, new PassedOverCounter());
  }

  OpenArchive over(String other, Configuration configuration) {
    return new OpenArchive(folder, other, configuration, maximumBytes, nameEncoding, passedOver);
  }

  OpenArchive named(String encoding) {
    return new OpenArchive(folder, scheme, hadoop, maximumBytes, encoding, passedOver);
  }

  /** All images of an archive that is written first. */
  List<StoredImage> images(String name, byte[] archive) throws IOException {
    Files.write(folder.resolve(name), archive);
    return images(name);
  }

  List<StoredImage> images(String name) throws IOException {
    ImageFile file =
        ImageFile.listed(
            new ImageRoot(
                scheme + folder + "/", name.endsWith(".zip") ? FileFormat.ZIP : FileFormat.TAR),
            name,
            Files.size(folder.resolve(name)),
            0,
            null);
    ReadSettings settings =
        new ReadSettings(
            NameFilter.IMAGES,
            InputColumns.USUAL,
            maximumBytes,
            nameEncoding,
            Duration.ofSeconds(60));
    FileOpener opener =
        new FileOpener(hadoop, new Retry(settings.retryTime(), new RetryTest.PretendedTime()));
    List<StoredImage> images = new ArrayList<>();
    try (ManyImages open =
        new ManyImages(file, () -> ArchiveFile.open(file, opener, settings, passedOver))) {
      open.forEachRemaining(images::add);
    }
    return images;
  }

  /** Each image as its key, an equals sign and its text; or a colon and why it has none. */
  List<String> rows(String name, byte[] archive) throws IOException {
    return images(name, archive).stream().map(OpenArchive::row).toList();
  }

  static String row(StoredImage image) {
    try {
      return image.image() + "=" + new String(image.content().read(), StandardCharsets.UTF_8);
    } catch (UnreadableImageException failure) {
      return image.image() + ": " + failure.code() + " " + failure.getMessage();
    } catch (IOException failure) {
      return image.image() + ": " + failure.getClass().getSimpleName() + " " + failure.getMessage();
    }
  }
}
