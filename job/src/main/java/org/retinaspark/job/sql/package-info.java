/** The job's share in the functions of Spark SQL: options by their names, and the evaluation. */
package org.retinaspark.job.sql;
