package org.retinaspark.io.wider;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The SHA-256 digests of the official WIDER FACE ground truth (release v1, {@code int32} boxes).
 */
final class KnownDigests {

  private static final Map<String, String> OFFICIAL =
      Map.of(
          "wider_face_val.mat",
          "1dfe6a9853950f9dde256b5e8bb75d8f272e6bc02a15ae1968f5a9b883f458cb",
          "wider_easy_val.mat",
          "c2fb672d16f75653eb89fb8bc437a7d060896a71cd7a65c1a5a3e4479024099c",
          "wider_medium_val.mat",
          "4a031970bc132cef5cfacd05068aabcf4fe15d4a31a1e9f4f00eb134fdf449c1",
          "wider_hard_val.mat",
          "bb1af19dc5bc4dd9517dd8ae8096326c68175f2c3411763bdd4f23fa98638b78",
          "wider_face_val_bbx_gt.txt",
          "1334686fc7612437699131d1e08fb0b42bbd6a452a111433840abfa0b80d7e98");

  private KnownDigests() {}

  static GroundTruthFile identify(String name, byte[] content) {
    String digest = HexFormat.of().formatHex(sha256().digest(content));
    return new GroundTruthFile(name, digest, digest.equals(OFFICIAL.get(name)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
