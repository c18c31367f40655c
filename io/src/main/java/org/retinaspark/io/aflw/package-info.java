/**
 * The labels of AFLW2000-3D: 68 points and the head's pose, one MATLAB file an image. Plain
 * records; nothing of detection and nothing of evaluation.
 */
package org.retinaspark.io.aflw;
