package org.retinaspark.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.Protocol;

/**
 * Runs one loop over the photos below a folder and prints a line of JSON; {@code deploy/bench/run}
 * starts it.
 */
public final class LoopMain {

  private LoopMain() {}

  /** Takes {@code bare|naive|djl MODEL PROTOCOL PHOTOS THREADS PASSES}. */
  public static void main(String[] arguments) throws Exception {
    Path model = Path.of(arguments[1]);
    Protocol protocol = Protocol.named(arguments[2]);
    List<Path> photos = Photos.below(Path.of(arguments[3]));
    LoopTimes times = new LoopTimes();
    Loop.Counters counters =
        switch (arguments[0]) {
          case "bare" -> BareCounter.sharing(model, protocol, times);
          case "naive" -> NaiveCounter.sharing(model, protocol);
          case "djl" -> DjlCounter.sharing(model, protocol);
          default -> throw new IllegalArgumentException("no loop is called " + arguments[0]);
        };
    List<String> passes = new ArrayList<>();
    try (Loop loop = new Loop(photos, counters, Integer.parseInt(arguments[4]))) {
      for (int pass = 0; pass < Integer.parseInt(arguments[5]); pass++) {
        times.reset();
        Loop.Pass done = loop.pass();
        passes.add(
            "{\"seconds\": %.3f, \"images\": %d, \"faces\": %d, \"stages\": %s}"
                .formatted(done.seconds(), photos.size(), done.faces(), times.json()));
      }
    }
    System.out.println("[" + String.join(", ", passes) + "]");
  }
}
