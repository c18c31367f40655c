/** What commands' options have in common: how a field declares more of one than picocli knows. */
package org.retinaspark.job.options;
