package org.retinaspark.job.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.retinaspark.io.RootCause;

/** What to do when a store refuses, by what it says: the names of its exceptions and statuses. */
enum StorageRemedy {
  NO_CREDENTIALS(
      "no credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE,"
          + " or give the machine or pod a role; on a cluster executors need them as well",
      "noauthwithaws",
      "credentialinitialization",
      "unable to load credentials"),
  WRONG_CREDENTIALS(
      "the credentials were refused: check that they belong to this store, are not expired, and"
          + " that the machine's clock is right",
      "signaturedoesnotmatch",
      "invalidaccesskeyid",
      "expiredtoken",
      "requesttimetooskewed",
      "status code: 401"),
  NO_RIGHT(
      "the right is missing: an input needs to be listed and read (s3:ListBucket, s3:GetObject;"
          + " r and x on folders), an output written and deleted too (s3:PutObject,"
          + " s3:DeleteObject, s3:AbortMultipartUpload)",
      "accessdenied",
      "accesscontrol",
      "permission denied",
      "status code: 403"),
  NO_HOST(
      "the store doesn't answer: check the network and, where it isn't Amazon's, --conf"
          + " spark.hadoop.fs.s3a.endpoint=URL",
      "unknownhost",
      "connectexception",
      "connection refused",
      "timeout",
      "timed out",
      "unable to execute http request"),
  NOT_THERE(
      "check the spelling: bucket, folder, upper and lower case",
      "filenotfound",
      "nosuchbucket",
      "unknownstore",
      "nosuchfile"),
  OTHER("see the reason; docs/cluster.md tells what each store needs");

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, which its type does not say
  private final List<String> signs;

  StorageRemedy(String text, String... signs) {
    this.text = text;
    this.signs = List.of(signs);
  }

  /** For a failure, by any of its causes. */
  static StorageRemedy of(Throwable failure) {
    String said = RootCause.chain(failure).toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(remedy -> remedy.signs.stream().anyMatch(said::contains))
        .findFirst()
        .orElse(OTHER);
  }

  String text() {
    return text;
  }
}
