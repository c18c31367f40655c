package org.retinaspark.io.reading;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.folders.PassedOver.Reason;
import org.retinaspark.io.folders.PassedOverCounter;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.reading.Archive.Member;

/**
 * The images of a tar or zip archive: its members in their order, then those that are links, whose
 * content is read once more. Every member gives an image or is counted. Names of members only ever
 * become keys.
 */
final class ArchiveFile implements ManyImages.Source {

  private final ImageFile file;
  private final ReadSettings settings;
  private final PassedOverCounter passedOver;
  private final Archive archive;
  private final MemberNames names = new MemberNames();
  private final MemberLinks links = new MemberLinks();
  private @Nullable Iterator<MemberLinks.Image> followed;
  private @Nullable Target target;
  private @Nullable IOException broken;

  /** What links lead to. */
  private record Target(long place, long length, ImageContent content) {}

  private ArchiveFile(
      ImageFile file, ReadSettings settings, PassedOverCounter passedOver, Archive archive) {
    this.file = file;
    this.settings = settings;
    this.passedOver = passedOver;
    this.archive = archive;
  }

  /**
   * Opens an archive.
   *
   * @param passedOver counts members that are no images
   */
  static ArchiveFile open(
      ImageFile file, FileOpener opener, ReadSettings settings, PassedOverCounter passedOver)
      throws IOException {
    NameEncoding names = new NameEncoding(settings.nameEncoding());
    Archive archive =
        file.root().format() == FileFormat.TAR
            ? TarArchive.open(file, opener, names)
            : ZipArchive.open(file, opener, names);
    return new ArchiveFile(file, settings, passedOver, archive);
  }

  /** An archive that breaks off still gives the links to what stands before. */
  @Override
  public @Nullable StoredImage next() throws IOException {
    Iterator<MemberLinks.Image> images = followed;
    if (images == null) {
      StoredImage image = unlinked();
      if (image != null) {
        return image;
      }
      images = links.follow(names).iterator();
      followed = images;
    }
    if (images.hasNext()) {
      return linked(images.next());
    }
    if (broken != null) {
      throw broken;
    }
    return null;
  }

  private @Nullable StoredImage unlinked() throws IOException {
    try {
      for (Member member = archive.next(); member != null; member = archive.next()) {
        StoredImage image = image(member);
        if (image != null) {
          return image;
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted between two members");
        }
      }
    } catch (IOException | RuntimeException failure) { // parsers of hostile files throw anything
      if (Retry.isInterruption(failure)) {
        throw failure;
      }
      broken = failure instanceof IOException known ? known : new IOException(failure);
    }
    return null;
  }

  private @Nullable StoredImage image(Member member) throws IOException {
    if (member.kind() == Archive.Kind.FOLDER) {
      return null;
    }
    String path = MemberNames.inside(member.name());
    if (member.kind() == Archive.Kind.FILE) {
      names.put(path, member.place());
    }
    Optional<Reason> reason =
        member.kind() == Archive.Kind.SPECIAL
            ? Optional.of(Reason.SPECIAL)
            : settings.filter().passesOver(path);
    reason.ifPresent(why -> passedOver.add(why, path));
    String name = reason.isPresent() ? null : names.once(path);
    return switch (member.kind()) {
      case HARD_LINK, SYMBOLIC_LINK -> link(member, path, name);
      default -> name == null ? null : image(name, member.length(), content(member));
    };
  }

  private ImageContent content(Member member) throws IOException {
    return member.length() > settings.maximumBytes()
        ? tooLarge(member.name(), member.length(), settings.maximumBytes())
        : archive.content(settings.maximumBytes());
  }

  private StoredImage image(String name, long length, ImageContent content) {
    return StoredImage.inside(file, name, length, content);
  }

  /** Of a link only what can't be followed is an image already. */
  private @Nullable StoredImage link(Member member, String path, @Nullable String name)
      throws IOException {
    IOException reason;
    try {
      if (links.add(path, name, member.kind(), archive.target(), names)) {
        return null;
      }
      reason =
          new UnreadableImageException(
              UnreadableImageException.UNSUPPORTED,
              "'%s' of '%s' is a link, and there are too many to follow them"
                  .formatted(path, file.uri()));
    } catch (UnreadableImageException noTarget) {
      reason = noTarget;
    }
    return name == null ? null : failed(name, reason);
  }

  private StoredImage linked(MemberLinks.Image image) throws IOException {
    Long place = image.place();
    if (place == null) {
      return failed(image.name(), new FileNotFoundException(image.missing(file.uri())));
    }
    Target found = target;
    if (found == null || found.place() != place) {
      Member member = archive.at(place);
      found = new Target(place, member.length(), content(member));
      target = found;
    }
    return image(image.name(), found.length(), found.content());
  }

  private StoredImage failed(String name, IOException reason) {
    return image(
        name,
        ImageFile.UNKNOWN,
        () -> {
          throw reason;
        });
  }

  /** The content of a member that is not read. */
  static ImageContent tooLarge(String name, long length, long limit) {
    return () -> {
      throw new IOException(
          "'%s' was not read, since its %d bytes are more than %d".formatted(name, length, limit));
    };
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
