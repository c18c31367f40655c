package org.retinaspark.job.crop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.reading.ImageContent;
import org.retinaspark.io.reading.ImageIterator;
import org.retinaspark.io.reading.ImageReader;
import org.retinaspark.io.reading.StoredImage;
import org.retinaspark.job.StoredInput;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageUnit;

/**
 * The images of an archive or table that have wanted faces. It is read from its beginning until the
 * last of them is found; others are passed over undecoded.
 */
final class WantedMembers implements ImageUnit {

  private final String uri;
  private final ImageReader reader;
  private final Configuration hadoop;
  private final WantedImages wanted;

  /** Those not met yet, by where they are. */
  private final Map<String, ImageRecord> missing = new ConcurrentHashMap<>();

  /**
   * Images of one file.
   *
   * @param uri where the file is now
   */
  WantedMembers(
      String uri,
      List<ImageRecord> members,
      ImageReader reader,
      Configuration hadoop,
      WantedImages wanted) {
    this.uri = uri;
    this.reader = reader;
    this.hadoop = hadoop;
    this.wanted = wanted;
    for (ImageRecord member : members) {
      String inside = member.uri().substring(SourceFile.stored(member).length());
      missing.put(uri + inside, member);
    }
  }

  @Override
  public ImageInput lost() {
    return wanted.add(
        failing(
            uri,
            () -> {
              throw new IOException("'%s' is no image, but holds some".formatted(uri));
            }),
        List.copyOf(missing.values()));
  }

  private static ImageInput failing(String image, ImageContent reason) {
    return StoredInput.of(
        new StoredImage(image, null, image, ImageFile.UNKNOWN, 0, null, List.of(), reason),
        List.of());
  }

  /** A table is read a row group at a time. */
  @Override
  public long heldBytes() {
    return 0;
  }

  @Override
  public Images open() {
    return new Found();
  }

  private final class Found implements Images {

    private @Nullable Deque<ImageFile> parts;
    private @Nullable ImageIterator images;
    private @Nullable ImageContent broken;

    @Override
    public @Nullable ImageInput next() {
      while (!missing.isEmpty()) {
        StoredImage image = advance();
        if (image == null) {
          return rest();
        }
        ImageRecord record = missing.remove(image.uri());
        if (record != null) {
          return wanted.add(StoredInput.of(image, List.of()), record);
        }
        if (image.uri().equals(uri)) {
          broken = image.content();
        }
      }
      return null;
    }

    /** All that were not found, at once, with the reason. */
    private ImageInput rest() {
      List<ImageRecord> lost = new ArrayList<>(missing.values());
      missing.clear();
      ImageContent reason =
          broken != null
              ? broken
              : () -> {
                throw new FileNotFoundException(
                    "'%s' doesn't hold the image any more".formatted(uri));
              };
      return wanted.add(failing(uri, reason), lost);
    }

    private @Nullable StoredImage advance() {
      try {
        Deque<ImageFile> left =
            parts == null ? new ArrayDeque<>(SourceFile.ofMany(uri, hadoop)) : parts;
        parts = left;
        while (images == null || !images.hasNext()) {
          close();
          if (left.isEmpty()) {
            return null;
          }
          images = reader.open(left.remove());
        }
        return Objects.requireNonNull(images).next();
      } catch (IOException failure) {
        broken =
            () -> {
              throw failure;
            };
        return null;
      } catch (UncheckedIOException interrupted) {
        throw interrupted;
      }
    }

    @Override
    public void close() {
      if (images != null) {
        images.close();
        images = null;
      }
    }
  }
}
