package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.SessionLease;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.runtime.TensorPool;

/** Opens the networks of one task's stations, and owns what the task holds of them. */
public final class StationNetworks implements AutoCloseable {

  private final Sessions sessions;
  private final Batching batching;
  private final SessionGuard guard;
  private final StageTimes times;
  private final List<TensorPool> pools = new ArrayList<>();
  private final Set<String> providers = new LinkedHashSet<>();

  /** Where sessions come from: all tasks of an executor share them. */
  @FunctionalInterface
  public interface Sessions {

    /**
     * A hold on the session for a request, until the task ends.
     *
     * @param model gives the bytes of the ONNX file; asked only if the session has to be opened
     */
    SessionLease open(SessionRequest request, Supplier<byte[]> model);
  }

  StationNetworks(Sessions sessions, Batching batching, SessionGuard guard, StageTimes times) {
    this.sessions = sessions;
    this.batching = batching;
    this.guard = guard;
    this.times = times;
  }

  /**
   * A way to a network.
   *
   * @param model gives the bytes of the ONNX file; asked only if no task of the executor asked yet
   * @throws org.retinaspark.udf.runtime.ProviderUnavailableException if a provider was asked for by
   *     name and can't be had
   * @throws org.retinaspark.udf.runtime.InferenceException if ONNX Runtime refuses the model
   */
  public StationNetwork open(SessionRequest request, Supplier<byte[]> model) {
    SessionLease session = sessions.open(request, model);
    providers.add(session.facts().provider().label());
    TensorPool tensors = session.tensors(batching.ahead(session));
    pools.add(tensors);
    return new StationNetwork(batching.inference(session), tensors, guard, times);
  }

  /** Where the networks compute that were opened, in the order in which they were. */
  List<String> providers() {
    return List.copyOf(providers);
  }

  /** Lends no memory any more; who waits for some is told. */
  @Override
  public void close() {
    pools.forEach(TensorPool::close);
  }
}
