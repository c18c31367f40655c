/**
 * Detection on Spark: the map function that a task runs, and the table that it gives. Knows all of
 * {@code udf}, and nothing of where images come from or rows go.
 */
package org.retinaspark.udf.spark;
