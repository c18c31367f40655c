package org.retinaspark.udf.heads;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.PointwiseConvolution;
import org.retinaspark.udf.graph.PointwiseTrace;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.model.ModelDescription;

/**
 * Finds the heads of each level in the graph: the 1x1 convolutions that an output joins, in the
 * order of the family's levels. Nothing goes by a name.
 *
 * @param file the model's file
 * @param model what it is
 */
record HeadTrace(OnnxFile file, ModelDescription model) {

  /**
   * The heads.
   *
   * @throws InvalidModelException if the heads are of another kind
   */
  FoundHeads found() {
    List<AnchorLevel> anchors = model.family().anchors();
    List<Map<HeadTask, PointwiseConvolution>> heads = new ArrayList<>();
    anchors.forEach(level -> heads.add(new EnumMap<>(HeadTask.class)));
    Map<HeadTask, Integer> outputs = HeadOutputs.of(file, model);
    outputs.forEach(
        (task, output) -> {
          String name = model.outputs().get(output);
          List<PointwiseConvolution> found = PointwiseTrace.of(file, name);
          if (found.size() != anchors.size()) {
            throw unfit(
                "its output '%s' joins %d convolutions, but its family has %d levels"
                    .formatted(Printable.text(name), found.size(), anchors.size()));
          }
          for (int level = 0; level < anchors.size(); level++) {
            check(task, anchors.get(level), found.get(level));
            heads.get(level).put(task, found.get(level));
          }
        });
    List<HeadLevel> levels = new ArrayList<>();
    for (int level = 0; level < anchors.size(); level++) {
      levels.add(level(anchors.get(level).stride(), heads.get(level)));
    }
    requireMapsOfOneForm(levels);
    return new FoundHeads(levels, outputs);
  }

  private void check(HeadTask task, AnchorLevel level, PointwiseConvolution found) {
    int outputs = task.perAnchor() * level.sizes().size();
    if (found.outputs() != outputs) {
      throw unfit(
          "its head '%s' of stride %d gives %d values a cell, but %d anchors of %d values are %d"
              .formatted(
                  Printable.text(found.output()),
                  level.stride(),
                  found.outputs(),
                  level.sizes().size(),
                  task.perAnchor(),
                  outputs));
    }
  }

  private HeadLevel level(int stride, Map<HeadTask, PointwiseConvolution> heads) {
    Set<String> read =
        heads.values().stream().map(PointwiseConvolution::input).collect(Collectors.toSet());
    if (read.size() != 1) {
      String each =
          heads.entrySet().stream()
              .map(head -> "%s '%s'".formatted(head.getKey(), head.getValue().input()))
              .collect(Collectors.joining(", "));
      throw unfit(
          "its heads of stride %d read different features (%s), but have to read the same"
              .formatted(stride, Printable.text(each)));
    }
    PointwiseConvolution any = heads.values().iterator().next();
    return new HeadLevel(stride, any.input(), any.channels(), heads);
  }

  private void requireMapsOfOneForm(List<HeadLevel> levels) {
    List<Integer> channels = levels.stream().map(HeadLevel::channels).toList();
    if (channels.stream().distinct().count() > 1) {
      throw unfit(
          "the features of its levels have %s channels, but have to have equally many"
              .formatted(channels));
    }
    long maps = levels.stream().map(HeadLevel::features).distinct().count();
    if (maps < levels.size()) {
      throw unfit("heads of different levels read the same features");
    }
  }

  private InvalidModelException unfit(String fault) {
    return new InvalidModelException(model.name(), fault);
  }
}
