package org.retinaspark.io.images;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a listing knows of one image file.
 *
 * @param image its key: the path below the input root, with {@code /} between folders
 * @param uri the whole path, unescaped, as Hadoop's {@code Path} takes it
 * @param length bytes
 * @param modified when it was last written, in milliseconds since the epoch; 0 if the store doesn't
 *     say
 * @param etag the store's version of it, if it has one
 */
public record ImageFile(String image, String uri, long length, long modified, @Nullable String etag)
    implements Serializable {}
