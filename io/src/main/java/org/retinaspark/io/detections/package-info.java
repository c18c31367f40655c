/**
 * Detections that are already made, from the table or from WIDER FACE's text files, on their way to
 * an evaluation or into other people's formats. Knows nothing of evaluation.
 */
package org.retinaspark.io.detections;
