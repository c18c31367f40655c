package org.retinaspark.udf.model;

/**
 * A property of a model with the reason for it, which {@code model inspect} prints.
 *
 * @param value the property
 * @param because where it comes from
 */
record Decision<T>(T value, String because) {

  static final String BY_OPTION = "by option";
  static final String BY_METADATA = "by the file's metadata";
}
