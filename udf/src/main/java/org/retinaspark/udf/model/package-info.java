/**
 * What a model file is: recognised by its signature, described for those who run it, and imported
 * with all axes open.
 */
package org.retinaspark.udf.model;
