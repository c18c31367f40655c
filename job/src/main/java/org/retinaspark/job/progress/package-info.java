/** What a user sees while a job runs. */
package org.retinaspark.job.progress;
