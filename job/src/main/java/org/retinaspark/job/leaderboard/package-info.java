/** {@code leaderboard}: models and protocols in, one table of their accuracy and speed out. */
package org.retinaspark.job.leaderboard;
