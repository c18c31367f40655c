/** MATLAB files, as ground truths come in them. */
package org.retinaspark.io.matlab;
