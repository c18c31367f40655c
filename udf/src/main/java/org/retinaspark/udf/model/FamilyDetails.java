package org.retinaspark.udf.model;

import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.Family;
import org.retinaspark.udf.input.InputFormat;

/**
 * A model's family with its properties, and the reasons for them.
 *
 * @param family the family
 * @param format how its input tensor is made
 * @param multiple height and width of the input are multiples of it
 * @param inputBecause where format and multiple come from
 * @param findings properties that only this family has
 * @param metadata what an imported file says of those that are known
 */
record FamilyDetails(
    Family family,
    InputFormat format,
    int multiple,
    String inputBecause,
    List<Finding> findings,
    Map<String, String> metadata) {

  /**
   * Those of a model of a family that only its outputs and its input tell.
   *
   * @param facts what is known of the model
   * @param family its family
   * @param usual how the family's input tensor is made where the file says nothing else
   * @param multiple of what the sides of the family's input are multiples, likewise
   * @throws IllegalArgumentException if an option of another family was given
   */
  static FamilyDetails withoutOptions(
      ModelFacts facts, Family family, InputFormat usual, int multiple) {
    facts.refuseLandmarkScale(family.name());
    facts.refuseClassOutput(family.name());
    Decision<InputFormat> format = facts.format(usual);
    return new FamilyDetails(
        family,
        format.value(),
        facts.metadata().multiple(multiple),
        format.because(),
        List.of(),
        Map.of());
  }

  /**
   * A property in words.
   *
   * @param label its name
   * @param value its value
   * @param because where it comes from
   */
  record Finding(String label, String value, String because) {}
}
