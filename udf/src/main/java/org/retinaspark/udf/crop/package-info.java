/**
 * The pure geometry of single faces: how a crop lies in its image, the canonical face, 68 points
 * out of a mesh, the pose of the head, and where the parts of the face are. Coordinates in,
 * coordinates and masks out; this package knows the JDK, commons-math3 and {@code udf.detect}.
 */
@NullMarked
package org.retinaspark.udf.crop;

import org.jspecify.annotations.NullMarked;
