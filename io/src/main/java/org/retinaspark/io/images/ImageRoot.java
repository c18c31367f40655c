package org.retinaspark.io.images;

import java.io.Serializable;

/**
 * What the files of one input have in common.
 *
 * @param prefix what is before each path to make it a URI; ends with a slash, or is empty
 * @param format what is in each file
 */
public record ImageRoot(String prefix, FileFormat format) implements Serializable {}
