package org.retinaspark.job.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What a client asked of the store.
 *
 * @param method {@code GET}, {@code HEAD}, {@code PUT}, {@code POST}, {@code DELETE}, and {@code
 *     LIST} for the GET that lists keys
 * @param key the object, below its bucket; empty for a request to the bucket
 */
public record S3Request(String method, String key) {

  static S3Request of(String requestLine) {
    String[] words = requestLine.split(" ", -1);
    String[] target = words[1].split("\\?", 2);
    String[] path = target[0].split("/", 3);
    // A plus in a path is a plus, unlike in a query.
    String key =
        path.length < 3
            ? ""
            : URLDecoder.decode(path[2].replace("+", "%2B"), StandardCharsets.UTF_8);
    boolean listing = words[0].equals("GET") && key.isEmpty() && target.length > 1;
    return new S3Request(listing ? "LIST" : words[0], key);
  }

  /** Whether it would change what the store holds. */
  public boolean isChange() {
    return switch (method) {
      case "PUT", "POST", "DELETE" -> true;
      default -> false;
    };
  }
}
