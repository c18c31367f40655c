package org.retinaspark.io.facetable;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the table says of one image.
 *
 * @param image the key, unlike in all images of a table
 * @param container the archive or table that held it; absent for a loose file
 * @param uri where it is
 * @param split the part of a benchmark that it belongs to, if any
 * @param length bytes of its file; negative if nobody knows
 * @param etag the store's version of it, if it has one
 * @param modified when it was last written, if the store says
 * @param frame what the coordinates are in; absent if it could not be decoded
 * @param error why there are no faces; absent if all went well
 * @param warnings what a reader of the row should know
 * @param faces the faces; none after an error
 * @param carried values of the table's further columns, as a {@code Row} has them, or arrays in
 *     Spark's own form; nulls where they end early
 */
public record ImageRecord(
    String image,
    @Nullable String container,
    String uri,
    @Nullable String split,
    long length,
    @Nullable String etag,
    @Nullable Instant modified,
    @Nullable ImageFrame frame,
    @Nullable ImageError error,
    List<String> warnings,
    FaceArrays faces,
    List<@Nullable Object> carried)
    implements Serializable {}
