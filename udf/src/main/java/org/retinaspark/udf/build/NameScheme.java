package org.retinaspark.udf.build;

import java.util.Collection;
import java.util.Optional;

/**
 * How those who train RetinaFace call its tensors.
 *
 * @see NameTable
 */
enum NameScheme {
  /** The names of {@link org.retinaspark.udf.network.Parameters}. */
  OWN("this program", "backbone"),
  /** {@code RetinaFace.state_dict()} of biubug6/Pytorch_Retinaface and the many copies of it. */
  BIUBUG6("biubug6/Pytorch_Retinaface", "body"),
  /**
   * That of yakhyo/retinaface-pytorch, whose layers are torchvision's {@code Conv2dNormActivation}
   * and whose heads are lists within a module (as the names in its ONNX exports have it).
   */
  YAKHYO("yakhyo/retinaface-pytorch", "fx");

  private final String whose;
  private final String backbone;

  NameScheme(String whose, String backbone) {
    this.whose = whose;
    this.backbone = backbone;
  }

  /** Whose names these are, for people. */
  String whose() {
    return whose;
  }

  /** What it calls the backbone. */
  String backbone() {
    return backbone;
  }

  /** The scheme that names are of, told by what they call the backbone. */
  static Optional<NameScheme> of(Collection<String> names) {
    for (NameScheme scheme : values()) {
      if (names.stream().anyMatch(name -> name.startsWith(scheme.backbone + "."))) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }
}
