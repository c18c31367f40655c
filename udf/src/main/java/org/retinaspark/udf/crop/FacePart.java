package org.retinaspark.udf.crop;

/**
 * Where a part of a face is seen in its image.
 *
 * @param part its name, as {@code skin} or {@code left_eye}; left is the smaller x of an upright
 *     face
 * @param rle its mask over the whole frame, in the compressed run-length code of COCO: runs of
 *     pixels outside and inside by turns, down the columns; height and width are the frame's
 */
public record FacePart(String part, String rle) {}
