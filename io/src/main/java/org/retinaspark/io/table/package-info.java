/**
 * Tables of Parquet files and how they come about: hidden chunk by chunk, so that a killed run can
 * go on, and then published whole. One run at a time, by a lock.
 */
package org.retinaspark.io.table;
