/** {@code detect}: images in, the table of faces out. */
package org.retinaspark.job.detect;
