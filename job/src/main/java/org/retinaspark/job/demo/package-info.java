/** {@code demo}: the main job on six photos, for a first look. */
package org.retinaspark.job.demo;
