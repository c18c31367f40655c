/**
 * The families of face detectors: their anchors, and how the raw outputs of each become scored
 * boxes with landmarks. Like the geometry around it, this package knows only the JDK.
 */
package org.retinaspark.udf.detect.family;
