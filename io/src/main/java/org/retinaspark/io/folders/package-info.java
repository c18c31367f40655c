/**
 * Walks over folders of any file system: which files are there, and what can't be a file or be
 * named. Which of them are images is not decided here.
 */
@org.jspecify.annotations.NullMarked
package org.retinaspark.io.folders;
