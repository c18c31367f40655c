package org.retinaspark.udf.graph;

/**
 * A value of a graph that is being built.
 *
 * @param name what a reader of the file sees, unique in the graph
 */
public record Value(String name) {}
