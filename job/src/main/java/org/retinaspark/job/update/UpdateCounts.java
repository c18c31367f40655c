package org.retinaspark.job.update;

/**
 * What became of the images of an older table, and of those that it lacks; in units of work, of
 * which an archive or a part of a table is one.
 *
 * @param carried unchanged, whose rows were taken over without reading an image
 * @param detailed unchanged, whose faces stayed and were looked at for new columns
 * @param added not in the older table
 * @param changed of another length, etag or time of writing than then, and detected again
 * @param failed then, and tried again
 * @param gone from the input, whose rows were left out
 */
public record UpdateCounts(
    long carried, long detailed, long added, long changed, long failed, long gone) {}
