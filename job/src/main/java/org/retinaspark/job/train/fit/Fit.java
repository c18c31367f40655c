package org.retinaspark.job.train.fit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.job.train.loss.Loss;
import org.retinaspark.job.train.loss.LossChange;
import org.retinaspark.job.train.loss.LossTerms;
import org.retinaspark.job.train.loss.SmoothL1;
import org.retinaspark.job.train.loss.SoftmaxCrossEntropy;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.detect.family.MeshBasis;
import org.retinaspark.udf.heads.FittedHeads;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.heads.MeshHead;

/**
 * Fits heads of a detector to samples: class by softmax cross-entropy, box and landmarks by smooth
 * L1, each by L-BFGS; meshes in closed form.
 */
public final class Fit {

  private final AnchorFamily family;
  private final Map<HeadTask, LinearHead> own;
  private final FitSettings settings;

  /**
   * A fit.
   *
   * @param family of the detector
   * @param own the detector's heads, of all tasks
   */
  public Fit(AnchorFamily family, Map<HeadTask, LinearHead> own, FitSettings settings) {
    this.family = family;
    this.own = Map.copyOf(own);
    this.settings = settings;
  }

  /**
   * Fits; the same samples give the same bytes on any cluster, if its driver is of one kind.
   *
   * @throws UnfittableException if the samples tell too little
   */
  public FitResult heads(TrainingRows rows, FitProgress progress) {
    AnchorNames names = AnchorNames.of(family.anchors());
    SampleShape shape = rows.shape();
    List<LossStep> curve = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    FitProgress told =
        step -> {
          curve.add(step);
          progress.step(step);
        };
    Map<HeadTask, LinearHead> fitted = new EnumMap<>(HeadTask.class);
    for (HeadTask task : HeadTask.values()) {
      LinearHead head = own.get(task);
      if (settings.tasks().contains(task) && head != null) {
        AnchorWeights start = AnchorWeights.of(shape, head);
        HeadFit fit = new HeadFit(task, target(task), loss(task), settings, start);
        fitted.put(task, fit.fit(rows.blocks(), names, told, notes).head());
      }
    }
    FittedMesh mesh = null;
    if (settings.mesh() != null) {
      mesh = new MeshFit(family.coder(), names, settings.mesh()).fit(rows);
      notes.addAll(mesh.notes());
    }
    FittedHeads heads = new FittedHeads(fitted, mesh == null ? null : mesh.head());
    return new FitResult(heads, curve, mesh, notes);
  }

  /**
   * What the paper's loss is on samples: before, with the model's own heads and the mean mesh, and
   * after.
   */
  public LossChange losses(TrainingRows rows, FittedHeads fitted) {
    Map<HeadTask, AnchorWeights> before = new EnumMap<>(HeadTask.class);
    Map<HeadTask, AnchorWeights> after = new EnumMap<>(HeadTask.class);
    own.forEach((task, head) -> before.put(task, AnchorWeights.of(rows.shape(), head)));
    after.putAll(before);
    fitted.heads().forEach((task, head) -> after.put(task, AnchorWeights.of(rows.shape(), head)));
    MultiTaskSum.Mesh mesh = null;
    MultiTaskSum.Mesh mean = null;
    MeshHead head = fitted.mesh();
    if (head != null) {
      MeshBasis basis = new MeshBasis(head.mean(), head.basis());
      AnchorWeights coefficients = AnchorWeights.of(rows.shape(), head.coefficients());
      AnchorWeights none = AnchorWeights.zero(rows.shape(), coefficients.values());
      mesh = new MultiTaskSum.Mesh(head.topology(), basis, coefficients);
      mean = new MultiTaskSum.Mesh(head.topology(), basis, none);
    }
    return new LossChange(terms(rows, before, mean), terms(rows, after, mesh));
  }

  private LossTerms terms(
      TrainingRows rows, Map<HeadTask, AnchorWeights> heads, MultiTaskSum.@Nullable Mesh mesh) {
    MultiTaskSum sum = new MultiTaskSum(family.coder(), heads, mesh);
    return MultiTaskSum.terms(BlockSums.of(rows.blocks(), sum));
  }

  private Target target(HeadTask task) {
    BoxCoder coder = family.coder();
    return switch (task) {
      case CLASS -> new ClassTarget();
      case BOX -> new BoxTarget(coder);
      case LANDMARKS -> new LandmarkTarget(coder);
    };
  }

  private static Loss loss(HeadTask task) {
    return task == HeadTask.CLASS ? new SoftmaxCrossEntropy() : SmoothL1.of(task.perAnchor());
  }
}
