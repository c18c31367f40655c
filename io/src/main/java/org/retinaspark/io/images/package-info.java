/**
 * What images there are: files, manifests, archives and tables on any file system of Hadoop; how
 * they are listed and cut into tasks. Opens none of them.
 */
@org.jspecify.annotations.NullMarked
package org.retinaspark.io.images;
