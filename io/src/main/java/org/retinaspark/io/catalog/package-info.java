/** Tables of catalogs: Iceberg's, Delta's and others that the user's Spark is told of. */
package org.retinaspark.io.catalog;
