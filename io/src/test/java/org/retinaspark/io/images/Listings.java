package org.retinaspark.io.images;

import java.util.List;

/** Listings for tests. */
final class Listings {

  private Listings() {}

  static ImageListing of(InputFormat format, Object... locations) {
    return of(format, InputColumns.USUAL, locations);
  }

  static ImageListing of(InputFormat format, InputColumns columns, Object... locations) {
    return of(format, NameFilter.IMAGES, columns, locations);
  }

  static ImageListing of(
      InputFormat format, NameFilter filter, InputColumns columns, Object... locations) {
    List<String> uris = List.of(locations).stream().map(Object::toString).toList();
    return new ImageLister(LocalSpark.session(), new ImageInputs(uris, format, filter, columns))
        .list();
  }

  static List<String> keys(ImageListing listing) {
    return listing.files().stream().map(ImageFile::image).toList();
  }
}
