package org.retinaspark.udf.weights;

/**
 * A tensor as a pickle describes it, before its storage was looked for.
 *
 * @param storage what holds its elements
 * @param view where they are in it
 */
record PickledTensor(StorageReference storage, StridedView view) {}
