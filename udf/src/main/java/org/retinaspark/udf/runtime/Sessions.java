package org.retinaspark.udf.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of this JVM: one for each model, provider, device and number of threads, shared by
 * all tasks. They are opened by the first task that asks and closed by nobody: a session closed
 * under a running inference crashes the JVM, and an executor's end frees them all.
 */
public final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final Map<Key, Session> OPEN = new ConcurrentHashMap<>();
  private static final Map<BatcherKey, Batcher> BATCHERS = new ConcurrentHashMap<>();

  private Sessions() {}

  /**
   * The session for a request, opened on first use.
   *
   * @param model gives the bytes of the ONNX file; asked only if the session has to be opened
   * @param opened runs if this call opened the session
   * @throws ProviderUnavailableException if a provider was asked for by name and can't be had
   * @throws InferenceException if ONNX Runtime refuses the model
   */
  public static Session shared(SessionRequest request, Supplier<byte[]> model, Runnable opened) {
    return OPEN.computeIfAbsent(
        Key.of(request),
        key -> {
          Session session = Session.open(request, model.get());
          LOG.info(
              "opened a session for model {} on {} with {} thread(s) a run",
              request.model(),
              session.provider().label(),
              request.threads());
          opened.run();
          return session;
        });
  }

  /**
   * The batcher of an open session, started on first use; it never ends, as the session doesn't.
   */
  static Batcher batcher(Session session, BatchLimits limits) {
    return BATCHERS.computeIfAbsent(
        new BatcherKey(session, limits), key -> Batcher.start(session, limits));
  }

  /** The version of ONNX Runtime. */
  public static String runtimeVersion() {
    return RuntimeEnvironment.shared().getVersion();
  }

  private record BatcherKey(Session session, BatchLimits limits) {}

  private record Key(String sha256, Provider provider, int device, int threads) {

    static Key of(SessionRequest request) {
      return new Key(request.sha256(), request.provider(), request.device(), request.threads());
    }
  }
}
