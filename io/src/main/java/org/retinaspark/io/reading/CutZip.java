package org.retinaspark.io.reading;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageFile;

/**
 * A zip without its central directory, as one is that was cut off: what is whole of it is read by
 * the headers of the members themselves, one behind the other. Then it says what is missing.
 */
final class CutZip implements Archive {

  private final ImageFile file;
  private final NameEncoding names;
  private final ZipArchiveInputStream members;
  private @Nullable ZipArchiveEntry current;
  private long number;

  CutZip(ImageFile file, FileOpener opener, NameEncoding names) {
    this.file = file;
    this.names = names;
    members =
        new ZipArchiveInputStream(
            new BufferedInputStream(
                opener.stream(file, OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_SEQUENTIAL)),
            StandardCharsets.UTF_8.name(),
            true,
            true);
  }

  @Override
  public Member next() throws IOException {
    ZipArchiveEntry entry = members.getNextEntry();
    if (entry == null) {
      throw new EOFException(
          "the archive is cut off, or no zip: it has no central directory at its end");
    }
    current = entry;
    Kind kind = entry.isDirectory() ? Kind.FOLDER : Kind.FILE;
    return new Member(number++, kind, path(entry), entry.getSize());
  }

  private String path(ZipArchiveEntry entry) {
    byte[] name = entry.getRawName();
    return entry.getGeneralPurposeBit().usesUTF8ForNames()
        ? NameEncoding.utf8(name)
        : names.ofZip(name);
  }

  /** Headers of members don't tell links, so that none is ever followed. */
  @Override
  public Member at(long place) {
    throw new UnsupportedOperationException("a zip without directory has no places");
  }

  @Override
  public String target() {
    throw new UnsupportedOperationException("a zip without directory has no links");
  }

  @Override
  public ImageContent content(long limit) throws IOException {
    ZipArchiveEntry entry = Objects.requireNonNull(current);
    if (!members.canReadEntryData(entry)) {
      return () -> {
        throw new UnreadableImageException(
            UnreadableImageException.UNSUPPORTED,
            "'%s' of '%s' is encrypted, or packed by a method that can't be read"
                .formatted(path(entry), file.uri()));
      };
    }
    byte[] content = members.readNBytes(Math.toIntExact(limit + 1));
    return content.length > limit
        ? ArchiveFile.tooLarge(path(entry), content.length, limit)
        : () -> content;
  }

  @Override
  public void close() throws IOException {
    members.close();
  }
}
