package org.retinaspark.io;

/** What may become of what stands at an output location. */
public enum WritePolicy {
  /** Nothing may stand there. */
  CREATE,
  /** A table of ours is replaced; anything else is left alone, with an error. */
  OVERWRITE
}
