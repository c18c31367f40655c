package org.retinaspark.udf.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs networks in an executor, for all its tasks: one session for each model, provider,
 * device, precision and number of threads, one batcher a session, one budget of native memory.
 *
 * <p>Tasks lease sessions. Of those that nobody leases the ones used last stay open for the tasks
 * to come; the others are closed. A session of which a run hangs is not lent again: all who lease
 * it are told. Safe for use by several threads.
 */
public final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** Sessions that stay open though nobody leases them: those of a job, between its stages. */
  private static final int MOST_IDLE = 3;

  /** How long a run may take; the largest image that is let in takes about a minute on one core. */
  private static final Duration RUN_LIMIT = Duration.ofMinutes(10);

  private static final Duration WATCH_EVERY = Duration.ofSeconds(10);

  /** How long the process's end waits for runs. */
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(30);

  private final Network.Source source;
  private final TensorBudget budget;
  private final Runs runs = new Runs();
  // Those asked for last come last.
  private final Map<Key, HeldSession> sessions = new LinkedHashMap<>(8, 0.75f, true);

  /** An engine on ONNX Runtime, of which nobody watches the runs. */
  public Engine() {
    this(Session::open);
  }

  Engine(Network.Source source) {
    this(source, new TensorBudget(TensorBudget.SHARE_BYTES));
  }

  Engine(Network.Source source, TensorBudget budget) {
    this.source = source;
    this.budget = budget;
  }

  /** The engine of this JVM, watched, and drained before the JVM ends. */
  public static Engine shared() {
    return Shared.ENGINE;
  }

  /** The version of ONNX Runtime. */
  public static String runtimeVersion() {
    return RuntimeEnvironment.shared().getVersion();
  }

  /**
   * What this build of ONNX Runtime has code for, {@link Provider#CPU} among it; whether the
   * machine can do it too shows only a session.
   */
  public static Set<Provider> builtProviders() {
    RuntimeEnvironment.shared();
    EnumSet<OrtProvider> built = OrtEnvironment.getAvailableProviders();
    Set<Provider> providers = EnumSet.of(Provider.CPU);
    if (built.contains(OrtProvider.CUDA)) {
      providers.add(Provider.CUDA);
    }
    if (built.contains(OrtProvider.TENSOR_RT)) {
      providers.add(Provider.TENSORRT);
    }
    return providers;
  }

  /**
   * Leases the session for a request, which is opened if there is none.
   *
   * @param model gives the bytes of the ONNX file; asked only if the session has to be opened
   * @param whenHung is told, on a thread of the engine, if a run of the session hangs; a task that
   *     runs it itself can't be told otherwise
   * @throws ProviderUnavailableException if a provider was asked for by name and can't be had
   * @throws InferenceException if ONNX Runtime refuses the model
   * @throws EngineException if the process is ending
   */
  public synchronized SessionLease lease(
      SessionRequest request, Supplier<byte[]> model, Consumer<EngineException> whenHung) {
    Key key = Key.of(request);
    HeldSession session = sessions.get(key);
    boolean opens = session == null || session.hasHung();
    if (session == null || opens) {
      session = open(request, model);
      sessions.put(key, session);
    }
    SessionLease lease = new SessionLease(this, session, opens, whenHung);
    session.lend(lease);
    closeIdle();
    return lease;
  }

  private HeldSession open(SessionRequest request, Supplier<byte[]> model) {
    byte[] bytes = model.get();
    Network network = runs.unlessDraining(() -> source.open(request, bytes, budget));
    LOG.info(
        "opened a session for model {} on {} with {} thread(s) a run",
        request.model(),
        network.facts().provider().label(),
        request.threads());
    return new HeldSession(request.model(), network, runs);
  }

  /** A task's way to the executor's memory, for so many inputs at once; the task closes it. */
  public TensorPool tensors(int mostLeases) {
    return new TensorPool(budget, mostLeases);
  }

  synchronized void giveBack(SessionLease lease) {
    lease.session().giveBack(lease);
    closeIdle();
  }

  /** Closes the sessions that nobody uses, but those used last. */
  private void closeIdle() {
    long idle = sessions.values().stream().filter(HeldSession::isIdle).count();
    Iterator<HeldSession> oldestFirst = sessions.values().iterator();
    while (idle > MOST_IDLE && oldestFirst.hasNext()) {
      if (oldestFirst.next().closeIfIdle()) {
        oldestFirst.remove();
        idle--;
      }
    }
  }

  /** Looks for runs that hang. */
  void check(long now) {
    runs.check(RUN_LIMIT, now);
  }

  /** Lets nothing run any more, and waits for what does; whether it has ended. */
  boolean drain(Duration patience) throws InterruptedException {
    return runs.drain(patience);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(WATCH_EVERY.toMillis());
        check(System.nanoTime());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void drainAtExit() {
    try {
      if (!drain(DRAIN_PATIENCE)) {
        LOG.warn("a run of the network still goes on as the process ends: it may crash");
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Made on first use. */
  private static final class Shared {

    static final Engine ENGINE = create();

    private static Engine create() {
      Engine engine = new Engine();
      Thread watch = new Thread(engine::watch, "retinaspark-watch");
      watch.setDaemon(true);
      watch.start();
      Runtime.getRuntime().addShutdownHook(new Thread(engine::drainAtExit, "retinaspark-drain"));
      return engine;
    }
  }

  private record Key(
      String sha256,
      Provider provider,
      int device,
      SessionRequest.Precision precision,
      int threads) {

    static Key of(SessionRequest request) {
      return new Key(
          request.sha256(),
          request.provider(),
          request.device(),
          request.precision(),
          request.threads());
    }
  }
}
