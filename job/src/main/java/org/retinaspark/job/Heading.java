package org.retinaspark.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Above an option: what it and those declared after it are about, as {@code --help} says it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Heading {

  /** A word or a few, without a colon. */
  String value();
}
