/** The evaluation of meshes against those of another table, from options to report. */
@NullMarked
package org.retinaspark.job.evaluate.mesh;

import org.jspecify.annotations.NullMarked;
