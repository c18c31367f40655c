/**
 * Where bytes and tables live: Parquet tables and the run manifest, and in packages of their own
 * image sources, detection files and ground truth. Knows Spark, Hadoop and Parquet, and nothing of
 * detection.
 */
package org.retinaspark.io;
