/**
 * The one owner of the table of faces: what its columns are called, its Spark schema, and the way
 * of rows into it and out of it. Nobody else spells a column.
 *
 * <p>Writing: an executor fills an {@link org.retinaspark.io.facetable.ImageRecord} with plain
 * values, the faces of an image as flat arrays of floats in {@link
 * org.retinaspark.io.facetable.FaceArrays}. A {@link org.retinaspark.io.facetable.TableSchema} says
 * which columns a run can fill and in which layout; its {@link
 * org.retinaspark.io.facetable.TableSchema#writer} turns records into Spark's own rows without a
 * boxed number, one writer a task, and {@link
 * org.retinaspark.io.facetable.TableSchema#dataset(org.apache.spark.sql.SparkSession,
 * org.apache.spark.api.java.JavaRDD)} makes a {@code Dataset} of them.
 *
 * <p>Reading: {@link org.retinaspark.io.facetable.FaceTable} takes any table of ours, of either
 * layout and of the schema that earlier versions wrote, and gives the same values back.
 *
 * <p>Coordinates are pixels of the frame that {@code width} and {@code height} describe,
 * continuous, origin at its top-left corner, x to the right. Knows nothing of detection.
 */
package org.retinaspark.io.facetable;
