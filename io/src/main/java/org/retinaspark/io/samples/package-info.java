/**
 * The samples that heads are fitted to, a column behind those of the table of faces: for each image
 * the anchors that a fit learns from, each with the features that the network saw there. Nobody
 * else spells its fields. Knows nothing of detection.
 */
@org.jspecify.annotations.NullMarked
package org.retinaspark.io.samples;
