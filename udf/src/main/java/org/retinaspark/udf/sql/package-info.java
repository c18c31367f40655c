/**
 * Functions of Spark SQL, and the operator that one of them becomes. What tasks do is in {@code
 * udf.spark}; options, models and evaluation come from whoever implements {@link
 * org.retinaspark.udf.sql.FunctionProvider}.
 */
package org.retinaspark.udf.sql;
