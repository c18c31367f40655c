package org.retinaspark.io.table;

import java.util.Optional;

/**
 * How a table is cut into files.
 *
 * @param bytes size of a file, about
 * @param compression of the Parquet pages
 * @param partition what parts the table in folders; empty if all files lie in one
 */
public record TableFiles(
    long bytes, Compression compression, Optional<PartitionColumn> partition) {}
