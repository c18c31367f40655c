package org.retinaspark.io.table;

/** What a run makes of what stands at its output. */
public enum TablePolicy {
  /** Nothing may stand there. */
  CREATE,
  /** A table of ours is replaced; anything else is left alone, with an error. */
  OVERWRITE,
  /** What a killed run did, or a table has, stays; what is missing is added. */
  RESUME,
  /** As {@link #RESUME}, and failed rows are done again and replaced. */
  RETRY_FAILED;

  /** Whether rows that are there already stay. */
  public boolean resumes() {
    return this == RESUME || this == RETRY_FAILED;
  }
}
