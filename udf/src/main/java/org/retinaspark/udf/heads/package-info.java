/**
 * The heads of a detector as something that can be learnt: 1x1 convolutions over features, found in
 * the graph, told apart by what they predict, and put back with other weights.
 */
package org.retinaspark.udf.heads;
