/** {@code doctor}: looks at machine, cluster, model and storage, and says what to do. */
@NullMarked
package org.retinaspark.job.doctor;

import org.jspecify.annotations.NullMarked;
