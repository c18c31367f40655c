/**
 * Where images come from: files, manifests, archives and tables on any file system of Hadoop; how
 * they are listed, cut into tasks and read.
 */
package org.retinaspark.io.images;
