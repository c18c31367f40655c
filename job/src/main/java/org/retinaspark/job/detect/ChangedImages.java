package org.retinaspark.job.detect;

/** What a run that goes on makes of images that were written anew since they were done. */
enum ChangedImages {
  /** They are done again, and their rows replaced. */
  DETECT,
  /** Their rows stay. */
  KEEP,
  /** The run ends before it changes anything. */
  REFUSE
}
