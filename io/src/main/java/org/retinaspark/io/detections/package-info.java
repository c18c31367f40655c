/**
 * Reading detections that are already made, from the table or from WIDER FACE's text files, and
 * writing them in other people's formats. Knows the columns it needs, and nothing of evaluation.
 */
package org.retinaspark.io.detections;
