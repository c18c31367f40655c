package org.retinaspark.io.images;

import java.util.List;
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
    return new ImageLister(LocalSpark.session(), new ImageInputs(uris, format, filter, columns))
        .list();
  }

  public static List<String> keys(ImageListing listing) {
    return listing.files().stream().map(ImageFile::image).toList();
  }
}
