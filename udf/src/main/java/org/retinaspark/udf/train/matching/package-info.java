/**
 * Which anchors of a network input are labelled faces, and which background. Arrays and records in,
 * arrays and records out; this package knows the geometry of detection, and else only the JDK.
 */
@NullMarked
package org.retinaspark.udf.train.matching;

import org.jspecify.annotations.NullMarked;
