package org.retinaspark.io.labels;

/**
 * The mesh that labels have, all of one kind.
 *
 * @param topology its name, which says what its vertices are and how they connect
 * @param vertices how many it has
 */
public record LabelMesh(String topology, int vertices) {}
