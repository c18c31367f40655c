package org.retinaspark.io.table;

/**
 * The time of one process that worked on a run.
 *
 * @param started when it began to work on images
 * @param application Spark's name for it
 * @param seconds from there to its last commit, by the clocks of driver and store; of the last
 *     process, to the table
 */
public record Sitting(String started, String application, double seconds) {}
