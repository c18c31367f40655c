package org.retinaspark.job.update;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageError;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageUnit;

/** What a task opens comes with the faces of the table, where they are still those of the image. */
class OpenKnownTest {

  private static final Instant THEN = Instant.ofEpochMilli(1000);

  @Test
  void imagesThatAreAsTheyWereComeWithTheirFaces() throws Exception {
    OpenKnown open = copied(new OpenKnown(OpenKnownTest::open));
    List<ImageRecord> table =
        List.of(
            record("same", 10, "a", THEN, null),
            record("unsaid", -1, null, null, null),
            record("longer", 9, "a", THEN, null),
            record("tagged", 10, "b", THEN, null),
            record("later", 10, "a", THEN.plusMillis(1), null),
            record("failed", 10, "a", THEN, new ImageError("decode", "corrupt", "no image")));
    List<ImageFile> files =
        List.of("same", "unsaid", "longer", "tagged", "later", "failed", "new").stream()
            .map(OpenKnownTest::file)
            .toList();

    Map<String, ImageInput.@Nullable Known> known = new HashMap<>();
    Iterator<ImageUnit> units = open.call(List.of(files).iterator(), table.iterator());
    while (units.hasNext()) {
      try (ImageUnit.Images images = units.next().open()) {
        ImageInput image = requireNonNull(images.next());
        known.put(image.image(), image.known());
        assertThat(images.next()).isNull();
      }
    }

    assertThat(known.keySet()).hasSize(7);
    known.values().removeIf(faces -> faces == null);
    assertThat(known.keySet()).containsExactlyInAnyOrder("same", "unsaid");
    assertThat(known.get("same"))
        .isEqualTo(
            new ImageInput.Known(
                40,
                30,
                List.of(
                    new Face(
                        0.5f,
                        new Box(1, 2, 3, 4),
                        List.of(
                            new Point(1, 2),
                            new Point(3, 4),
                            new Point(5, 6),
                            new Point(7, 8),
                            new Point(9, 10))))));
  }

  private static ImageRecord record(
      String image,
      long length,
      @Nullable String etag,
      @Nullable Instant modified,
      @Nullable ImageError error) {
    float[] landmarks = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    return new ImageRecord(
        image,
        null,
        "file:/" + image,
        null,
        length,
        etag,
        modified,
        new ImageFrame(40, 30, 1),
        error,
        List.of(),
        error == null
            ? FaceArrays.of(new float[] {0.5f}, new float[] {1, 2, 3, 4}, landmarks)
            : FaceArrays.NONE,
        List.of());
  }

  private static ImageFile file(String path) {
    return ImageFile.listed(
        new ImageRoot("file:/", FileFormat.IMAGE), path, 10, THEN.toEpochMilli(), "a");
  }

  private static Iterator<ImageUnit> open(List<ImageFile> files) {
    return files.stream()
        .map(
            file ->
                ImageUnit.of(
                    new ImageInput(
                        file.image(),
                        null,
                        file.uri(),
                        file.length(),
                        file.etag(),
                        Instant.ofEpochMilli(file.modified()),
                        List.of(),
                        () -> new byte[0])))
        .iterator();
  }

  private static OpenKnown copied(OpenKnown function) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(function);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (OpenKnown) in.readObject();
    }
  }
}
