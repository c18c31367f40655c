package org.retinaspark.udf.pipeline;

/**
 * What a task needs of the executor that it runs on.
 *
 * @param sessions the sessions that its tasks share
 * @param end ends the executor's process, if it is one that can be replaced
 */
public record TaskExecutor(StationNetworks.Sessions sessions, Runnable end) {}
