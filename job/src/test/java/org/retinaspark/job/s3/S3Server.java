package org.retinaspark.job.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server on this machine that keeps one bucket in a folder, behind a {@link FaultyProxy} that
 * counts what is asked of it and spoils what it is told to.
 */
public final class S3Server implements AutoCloseable {

  /** What nobody but the store may ever see. */
  public static final String SECRET = "s3cret/of+the=tests";

  static final String IDENTITY = "AKIATESTS0RETINASPARK";

  private static final String LOOPBACK = "127.0.0.1";

  private final String bucket;
  private final S3Proxy store;
  private final FaultyProxy proxy;

  private S3Server(String bucket, S3Proxy store, FaultyProxy proxy) {
    this.bucket = bucket;
    this.store = store;
    this.proxy = proxy;
  }

  /**
   * Starts a server.
   *
   * @param folder where the objects are kept; it may be empty
   * @param bucket its one bucket. Hadoop caches file systems by bucket, so each server of a JVM
   *     needs a name of its own
   */
  public static S3Server start(Path folder, String bucket) {
    return start(folder, bucket, AuthenticationType.AWS_V2_OR_V4);
  }

  /** Starts a server that checks no signatures, so that its proxy may change requests. */
  static S3Server startUnsigned(Path folder, String bucket) {
    return start(folder, bucket, AuthenticationType.NONE);
  }

  private static S3Server start(Path folder, String bucket, AuthenticationType authentication) {
    try {
      Files.createDirectories(folder.resolve(bucket));
      S3Proxy store =
          S3Proxy.builder()
              .endpoint(URI.create("http://" + LOOPBACK + ":0"))
              .awsAuthentication(authentication, IDENTITY, SECRET)
              .blobStore(new FilesystemNio2BlobStore(folder.toString()))
              .build();
      store.start();
      return new S3Server(bucket, store, FaultyProxy.start(store.getPort()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (Exception failure) {
      throw new IllegalStateException("the S3 server does not start", failure);
    }
  }

  /** Where the counters and the faults are. */
  public FaultyProxy proxy() {
    return proxy;
  }

  /** The URI of a key. */
  public String uri(String key) {
    return "s3a://" + bucket + "/" + key;
  }

  /** Hadoop's settings for this bucket, and for no other. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    String prefix = "fs.s3a.bucket." + bucket + ".";
    settings.put(prefix + "endpoint", "http://" + LOOPBACK + ":" + proxy.port());
    settings.put(prefix + "endpoint.region", "us-east-1");
    settings.put(prefix + "path.style.access", "true");
    settings.put(prefix + "connection.ssl.enabled", "false");
    settings.put(prefix + "access.key", IDENTITY);
    settings.put(prefix + "secret.key", SECRET);
    settings.put(prefix + "committer.name", "magic");
    // The stream for small objects: the default one of Hadoop 3.5 asks for a HEAD an image.
    settings.put(prefix + "input.stream.type", "classic");
    // Waits that suit a store on the same machine.
    settings.put(prefix + "retry.interval", "20ms");
    settings.put(prefix + "retry.throttle.interval", "20ms");
    return settings;
  }

  @Override
  public void close() {
    proxy.close();
    try {
      store.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("the S3 server does not stop", failure);
    }
  }
}
