/**
 * The pure geometry of face detection: how an image becomes network input, and how raw network
 * output becomes faces. Arrays and records in, records out; this package knows only the JDK.
 */
package org.retinaspark.udf.detect;
