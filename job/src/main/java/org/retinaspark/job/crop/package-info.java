/** {@code crop}: the faces of a table as aligned crops, for networks that recognise them. */
package org.retinaspark.job.crop;
