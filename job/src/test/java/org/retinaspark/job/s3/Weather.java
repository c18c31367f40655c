package org.retinaspark.job.s3;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Decides which requests fail, and how. */
@FunctionalInterface
public interface Weather {

  /** Everything goes through. */
  Weather FAIR = (request, attempt) -> Fault.NONE;

  /**
   * The fate of a request.
   *
   * @param attempt which request for the same thing it is, from 1
   */
  Fault of(S3Request request, int attempt);

  /**
   * A share of all requests fails, each in one of some ways. The same seed spoils the same requests
   * whatever their order is. Only reads are cut: S3 answers the repeated completion of an upload,
   * as the tests' server doesn't, which then slows down instead.
   */
  static Weather stormy(double share, long seed, Fault... faults) {
    List<Fault> choice = List.copyOf(Arrays.asList(faults));
    return (request, attempt) -> {
      Random random = new Random(seed ^ (31L * request.hashCode() + attempt) * 0x9E3779B97F4A7C15L);
      if (random.nextDouble() >= share) {
        return Fault.NONE;
      }
      Fault fault = choice.get(random.nextInt(choice.size()));
      return fault == Fault.CUT && !request.method().equals("GET") ? Fault.SLOW_DOWN : fault;
    };
  }
}
