/**
 * The file formats of the WIDER FACE benchmark: ground truth in MATLAB files, annotation text and
 * RetinaFace's {@code label.txt}, and detections in one text file an image. Plain records; nothing
 * of detection and nothing of evaluation.
 */
package org.retinaspark.io.wider;
