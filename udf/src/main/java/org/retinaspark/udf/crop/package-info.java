/**
 * The pure geometry of single faces: how a crop lies in its image, which pose a mesh has, and where
 * the parts of the face are. Coordinates in, coordinates and masks out.
 */
@NullMarked
package org.retinaspark.udf.crop;

import org.jspecify.annotations.NullMarked;
