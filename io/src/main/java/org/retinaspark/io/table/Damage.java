package org.retinaspark.io.table;

/**
 * A part of an unfinished run that was damaged, so that its work was done again.
 *
 * @param part its file or folder among those of the run
 * @param reason what was wrong with it
 */
public record Damage(String part, String reason) {}
