/** Where the time of a task goes, and how much of it foreign code may take. */
@NullMarked
package org.retinaspark.udf.pipeline.time;

import org.jspecify.annotations.NullMarked;
