package org.retinaspark.io.wider;

/**
 * One file that a ground truth was read from.
 *
 * @param name its file name, without folders
 * @param sha256 digest of its content, lower-case hexadecimal
 * @param recognised whether this is the content of the official release
 */
public record GroundTruthFile(String name, String sha256, boolean recognised) {}
