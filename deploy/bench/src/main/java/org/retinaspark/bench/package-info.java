/** Measurements: the bare loop, its rivals, and what benchmarks share. */
package org.retinaspark.bench;
