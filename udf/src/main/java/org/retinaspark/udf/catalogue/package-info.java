/**
 * Published files of face detectors: known by their digests, with what their authors say of them.
 */
package org.retinaspark.udf.catalogue;
