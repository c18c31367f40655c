/** What reports are made of: named numbers, and self-contained HTML with plots as SVG. */
package org.retinaspark.job.page;
