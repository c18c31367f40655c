package org.retinaspark.udf.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.graph.TensorSignature;

/** The outputs by which a family is known, and what else its files can tell. */
interface FamilyOutputs {

  /**
   * All that are understood. The one that is known by names comes first: with one stage and no mesh
   * its shapes are those of the PyTorch family.
   */
  List<FamilyOutputs> ALL =
      List.of(
          new RetinaFaceOutputs(),
          new PyTorchOutputs(),
          new InsightFaceOutputs(),
          new ScrfdOutputs(),
          new YunetOutputs(),
          new CenterFaceOutputs());

  /** The family's name. */
  String name();

  /** The outputs in words. */
  String description();

  /**
   * Those of the outputs that are this family's, in its order; null if they aren't all there, or
   * can't be told apart.
   */
  @Nullable List<TensorSignature> ordered(List<TensorSignature> outputs);

  /**
   * Whether more than their order in the file tells the outputs of different strides apart: where
   * nothing does, a run shows their sizes.
   */
  boolean tellsApart(List<TensorSignature> ordered);

  /** What an output is, which stands at an index of the family's order, in words. */
  String role(TensorSignature output, int index);

  /**
   * The family with the properties of one model.
   *
   * @throws IllegalArgumentException if an option was given that this family can't follow
   */
  FamilyDetails identify(ModelFacts facts);

  static @Nullable FamilyOutputs named(String name) {
    return ALL.stream()
        .filter(family -> family.name().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(null);
  }

  static String names(String separator) {
    return ALL.stream().map(FamilyOutputs::name).collect(Collectors.joining(separator));
  }

  /** One line a family, each with its end. */
  static String understood() {
    return ALL.stream()
        .map(family -> "  %-12s%s%n".formatted(family.name(), family.description()))
        .collect(Collectors.joining());
  }
}
