package org.retinaspark.udf.spark;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One image to look at.
 *
 * @param image the key: its path below the input root
 * @param uri where it is
 * @param length bytes of the file
 * @param etag the store's version of it, if it has one
 * @param modified when it was last written, if the store says
 * @param content its bytes
 */
public record ImageInput(
    String image,
    String uri,
    long length,
    @Nullable String etag,
    @Nullable Instant modified,
    ContentSupplier content) {}
