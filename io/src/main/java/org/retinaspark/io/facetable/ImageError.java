package org.retinaspark.io.facetable;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Why an image has no faces.
 *
 * @param stage where it failed: {@code read}, {@code decode} or {@code infer}
 * @param code one stable lower-case word for programs
 * @param message for people
 */
public record ImageError(String stage, String code, @Nullable String message)
    implements Serializable {}
