/** What notebooks and SQL use: the functions on any DataFrame, and how Spark gets to know them. */
package org.retinaspark.udf;
