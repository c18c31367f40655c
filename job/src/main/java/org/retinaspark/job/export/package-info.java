/** The command {@code export}: detections in the formats of other tools. */
package org.retinaspark.job.export;
