/**
 * The second look at a face: networks that find its mesh or its 68 points in a crop, and what
 * follows from them. How such a network is recognised and spoken to, and the stations that do it.
 */
@NullMarked
package org.retinaspark.udf.dense;

import org.jspecify.annotations.NullMarked;
