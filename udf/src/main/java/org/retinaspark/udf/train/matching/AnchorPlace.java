package org.retinaspark.udf.train.matching;

/**
 * Which anchor of a network input one is, all numbers from 0 on.
 *
 * @param level of the family's levels
 * @param row of the level's feature map
 * @param column of the level's feature map
 * @param size of the level's sizes
 */
public record AnchorPlace(int level, int row, int column, int size) {}
