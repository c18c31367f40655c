package org.retinaspark.job.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an option of a number may be, both ends included. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Range {

  /** The least value. */
  double from();

  /** The greatest value. */
  double to() default Double.POSITIVE_INFINITY;
}
