/**
 * Where bytes and tables live: image sources, Parquet tables and the run manifest. Knows Spark,
 * Hadoop and Parquet, and nothing of detection.
 */
package org.retinaspark.io;
