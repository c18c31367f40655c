package org.retinaspark.io.facetable;

import java.io.Serializable;

/**
 * The frame of an image's coordinates.
 *
 * @param width in pixels
 * @param height in pixels
 * @param orientation the EXIF orientation that the file states, 1 to 8
 */
public record ImageFrame(int width, int height, int orientation) implements Serializable {}
