package org.retinaspark.job.crop;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;
import org.retinaspark.io.reading.UnreadableImageException;

/** The files that a table's images are in, as readers take them. */
final class SourceFile {

  /** Scheme, host or bucket, and the slash behind them. */
  private static final Pattern ROOT = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:(?://[^/]*)?)?/");

  private SourceFile() {}

  /** Where the file was that is an image, or holds it. */
  static String stored(ImageRecord image) {
    return image.container() == null ? image.uri() : image.container();
  }

  /**
   * A loose image's.
   *
   * @param uri where it is now
   */
  static ImageFile loose(ImageRecord image, String uri) {
    String root = root(uri);
    return new ImageFile(
        new ImageRoot(root, FileFormat.IMAGE),
        uri.substring(root.length()),
        0,
        ImageFile.UNKNOWN, // all of it: a file that was written anew would be cut at its old length
        image.modified() == null ? 0 : image.modified().toEpochMilli(),
        image.etag(),
        0,
        List.of());
  }

  /**
   * An archive or a table, in the parts that it is read in.
   *
   * @throws UnreadableImageException if its name doesn't say what it is
   * @throws IOException if it isn't there
   */
  static List<ImageFile> ofMany(String uri, Configuration hadoop) throws IOException {
    FileFormat format =
        FileFormat.ofMany(uri)
            .orElseThrow(
                () ->
                    new UnreadableImageException(
                        UnreadableImageException.UNSUPPORTED,
                        "'%s' ends as no archive and no table does: it was not read"
                            .formatted(uri)));
    FileLocation location = FileLocation.of(uri, hadoop);
    FileStatus status = location.files().getFileStatus(location.path());
    String root = root(uri);
    return ImageFile.listed(
            new ImageRoot(root, format),
            uri.substring(root.length()),
            status.getLen(),
            status.getModificationTime(),
            null)
        .parts();
  }

  private static String root(String uri) {
    Matcher root = ROOT.matcher(uri);
    return root.lookingAt() ? root.group() : "";
  }
}
