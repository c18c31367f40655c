package org.retinaspark.udf.onnx;

import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.Family;

/**
 * A model's family with its properties, and the reasons for them.
 *
 * @param family the family
 * @param inputBecause where the input format comes from
 * @param findings properties that only this family has
 * @param metadata what an imported file says of those that are known
 */
record Identity(
    Family family, String inputBecause, List<Finding> findings, Map<String, String> metadata) {

  /**
   * A property in words.
   *
   * @param label its name
   * @param value its value
   * @param because where it comes from
   */
  record Finding(String label, String value, String because) {}
}
