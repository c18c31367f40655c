package org.retinaspark.io.reading;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.PassedOver.Reason;
import org.retinaspark.io.images.PassedOverCounter;

/**
 * A tar or zip archive, read from its beginning to its end in one stream; its images come with
 * their content in memory. Names of members only ever become keys.
 */
final class ArchiveFile implements ManyImages.Source {

  private static final int BUFFER = 1 << 16;

  private final ImageFile file;
  private final ReadSettings settings;
  private final PassedOverCounter passedOver;
  private final TailStream bytes;
  private final ArchiveInputStream<? extends ArchiveEntry> members;
  private final ArchiveEnd end;
  private final Set<String> names = new HashSet<>();
  private long memberEnd;

  private ArchiveFile(
      ImageFile file, InputStream in, ReadSettings settings, PassedOverCounter passedOver)
      throws IOException {
    this.file = file;
    this.settings = settings;
    this.passedOver = passedOver;
    if (file.root().format() == FileFormat.TAR) {
      end = ArchiveEnd.TAR;
      bytes = new TailStream(unpacked(in), end.room());
      members = new TarArchiveInputStream(bytes, "UTF-8");
    } else {
      end = ArchiveEnd.ZIP;
      bytes = new TailStream(in, end.room());
      members = new ZipArchiveInputStream(bytes, "UTF-8", true, true);
    }
  }

  /**
   * Opens an archive.
   *
   * @param passedOver counts members that are no images
   */
  static ArchiveFile open(
      ImageFile file, FileOpener opener, ReadSettings settings, PassedOverCounter passedOver)
      throws IOException {
    InputStream in =
        new BufferedInputStream(
            opener.stream(file, OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_SEQUENTIAL), BUFFER);
    return new ArchiveFile(file, in, settings, passedOver);
  }

  /** Told by its first two bytes, since a {@code .tar} may be compressed all the same. */
  private static InputStream unpacked(InputStream in) throws IOException {
    in.mark(2);
    byte[] magic = in.readNBytes(2);
    in.reset();
    boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
    return gzip ? new GzipCompressorInputStream(in, true) : in;
  }

  @Override
  public @Nullable StoredImage next() throws IOException {
    for (ArchiveEntry member = members.getNextEntry();
        member != null;
        member = members.getNextEntry()) {
      memberEnd = end.after(bytes.count(), member.getSize());
      String name = path(member.getName());
      if (!isFile(member)) {
        continue;
      }
      Optional<Reason> reason = settings.filter().passesOver(name);
      if (reason.isEmpty()) {
        return image(member, once(name));
      }
      passedOver.add(reason.get(), name);
    }
    if (!end.isIn(bytes.tail(memberEnd))) {
      throw new EOFException("the archive is cut off: its end is missing");
    }
    return null;
  }

  private StoredImage image(ArchiveEntry member, String name) throws IOException {
    long limit = settings.maximumBytes();
    if (!members.canReadEntryData(member)) {
      return StoredImage.inside(
          file,
          name,
          member.getSize(),
          () -> {
            throw new IOException(
                "member '%s' of '%s' is encrypted or packed by a method that can't be read"
                    .formatted(name, file.uri()));
          });
    }
    if (member.getSize() > limit) {
      return StoredImage.inside(file, name, member.getSize(), () -> tooLarge(name));
    }
    byte[] content = content(name, limit);
    return content.length > limit
        ? StoredImage.inside(file, name, content.length, () -> tooLarge(name))
        : StoredImage.inside(file, name, content.length, () -> content);
  }

  private byte[] content(String name, long limit) throws IOException {
    try {
      return members.readNBytes(Math.toIntExact(limit + 1));
    } catch (IOException failure) {
      String message = "member '%s': %s".formatted(name, failure.getMessage());
      throw failure instanceof EOFException
          ? new EOFException(message)
          : new IOException(message, failure);
    }
  }

  private byte[] tooLarge(String name) throws IOException {
    throw new IOException(
        "member '%s' of '%s' was not read, since it has more than %d bytes"
            .formatted(name, file.uri(), settings.maximumBytes()));
  }

  /** Links, devices and the like have no content of their own. */
  private static boolean isFile(ArchiveEntry member) {
    if (member instanceof TarArchiveEntry tar) {
      return switch (tar.getLinkFlag()) {
        case TarConstants.LF_NORMAL,
            TarConstants.LF_OLDNORM,
            TarConstants.LF_CONTIG,
            TarConstants.LF_GNUTYPE_SPARSE ->
            !tar.isDirectory();
        default -> false;
      };
    }
    return !member.isDirectory();
  }

  /** A name that the archive has again gets a number. */
  private String once(String name) {
    String unique = name;
    for (int number = 2; !names.add(unique); number++) {
      unique = name + "#" + number;
    }
    return unique;
  }

  /** A member's path without what would lead out of the archive, or nowhere. */
  static String path(String name) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  @Override
  public void close() throws IOException {
    members.close();
  }
}
