/** The command {@code evaluate}: the WIDER FACE benchmark on detections, and its report. */
package org.retinaspark.job.evaluate;
