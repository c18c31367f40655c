package org.retinaspark.io.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.LocalSpark;

/** Listings for tests. */
public final class Listings {

  private Listings() {}

  public static ImageListing of(SourceFormat format, Object... locations) {
    return of(format, InputColumns.USUAL, locations);
  }

  public static ImageListing of(SourceFormat format, InputColumns columns, Object... locations) {
    return of(format, NameFilter.IMAGES, columns, locations);
  }

  public static ImageListing of(
      SourceFormat format, NameFilter filter, InputColumns columns, Object... locations) {
    List<String> uris = List.of(locations).stream().map(Object::toString).toList();
    return of(new ImageInputs(uris, format, filter, columns, ManifestSettings.DEFAULT));
  }

  public static ImageListing of(ImageInputs inputs) {
    return new ImageLister(LocalSpark.session(), inputs, workplace()).list();
  }

  /** A new folder, which goes when the tests end. */
  private static Path workplace() {
    try {
      Path folder = new Path(Files.createTempDirectory("listing").toUri());
      FileSystem.getLocal(new Configuration()).deleteOnExit(folder);
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The units, by their keys. */
  public static List<ImageFile> files(ImageListing listing) {
    UnitColumns.Reader reader = new UnitColumns.Reader();
    return listing.units().orderBy(UnitColumns.IMAGE).collectAsList().stream()
        .map(reader::file)
        .toList();
  }

  public static List<String> keys(ImageListing listing) {
    return files(listing).stream().map(ImageFile::image).toList();
  }
}
