package org.retinaspark.io.facetable;

import java.io.Serializable;

/**
 * An image of a table and its faces.
 *
 * @param image the key
 * @param failed whether it could not be looked at; it has no faces then
 * @param faces the faces; a number that the table lacks is NaN
 */
public record ImageFaces(String image, boolean failed, FaceArrays faces) implements Serializable {}
