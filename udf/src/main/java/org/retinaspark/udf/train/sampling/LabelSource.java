package org.retinaspark.udf.train.sampling;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Where an executor gets the labels from. Travels with the settings of a task, so that it should
 * hold a reference to them rather than them.
 */
@FunctionalInterface
public interface LabelSource extends Supplier<TrainingLabels>, Serializable {}
