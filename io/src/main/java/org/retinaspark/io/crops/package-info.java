/**
 * Crops of faces as they are stored: a table, shards of tar or files, whole or not at all. Knows
 * nothing of how a crop is made.
 */
package org.retinaspark.io.crops;
