/** Rows that are there already: which still stand for their images, and what they spare a run. */
package org.retinaspark.job.update;
