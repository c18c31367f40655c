/**
 * How executors read what a listing found: files whole and in one request, archives and tables as
 * streams of images, reads tried again when they fail for a passing reason.
 */
@org.jspecify.annotations.NullMarked
package org.retinaspark.io.reading;
