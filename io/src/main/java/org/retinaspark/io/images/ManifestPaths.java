package org.retinaspark.io.images;

import java.net.URI;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** What the paths in a manifest are relative to. */
final class ManifestPaths {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");

  private final ImageRoot folder;
  private final ImageRoot store;
  private final ImageRoot nothing = new ImageRoot("", FileFormat.IMAGE);

  ManifestPaths(Path manifest) {
    URI uri = manifest.toUri();
    String authority = uri.getAuthority() == null ? "" : "//" + uri.getAuthority();
    String parent = String.valueOf(manifest.getParent());
    folder = new ImageRoot(parent.endsWith("/") ? parent : parent + "/", FileFormat.IMAGE);
    store = new ImageRoot(uri.getScheme() + ":" + authority, FileFormat.IMAGE);
  }

  ImageRoot root(String path) {
    if (path.startsWith("/")) {
      return store;
    }
    return SCHEME.matcher(path).lookingAt() ? nothing : folder;
  }
}
