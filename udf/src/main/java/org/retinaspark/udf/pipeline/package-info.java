/**
 * The way of an image from its bytes to its faces: read, decoded, handed to the network, finished.
 * Threads, limits of time and memory, and what becomes of failures; no type of Spark.
 */
package org.retinaspark.udf.pipeline;
