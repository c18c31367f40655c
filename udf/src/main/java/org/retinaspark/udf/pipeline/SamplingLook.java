package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.train.matching.LabelledBox;
import org.retinaspark.udf.train.sampling.AnchorSample;
import org.retinaspark.udf.train.sampling.SamplingPlan;
import org.retinaspark.udf.train.sampling.ViewSampler;
import org.retinaspark.udf.train.view.ColourUse;
import org.retinaspark.udf.train.view.TrainingView;
import org.retinaspark.udf.train.view.ViewPlan;

/**
 * Looks for samples to fit heads to, in all views of an image; for no faces beside.
 *
 * @param model how the network is spoken to; its feature maps are its last outputs
 * @param plan which views, and which samples
 * @param sampler takes the samples of one view
 */
record SamplingLook(ModelDescription model, SamplingPlan plan, ViewSampler sampler)
    implements Look<List<AnchorSample>> {

  /** The warning of an image of which a view would have been too large, and is smaller. */
  private static final String REDUCED = "view_reduced";

  /** By a plan, with a model of a family whose heads can be fitted. */
  static SamplingLook of(ModelDescription model, SamplingPlan plan) {
    return new SamplingLook(model, plan, new ViewSampler(plan, (AnchorFamily) model.family()));
  }

  @Override
  public double usefulShare(int width, int height) {
    ViewPlan views = plan.views();
    // Parts and colours are of the whole frame.
    double share = views.crops() > 0 || views.colours() == ColourUse.DISTORTED ? 1 : 0;
    for (double scale : views.scales()) {
      share = Math.max(share, scale);
    }
    return share;
  }

  @Override
  public List<StationNetwork.Input<List<AnchorSample>>> inputs(ImageInProgress image) {
    String key = image.input().image();
    List<LabelledBox> faces = plan.labels().get().faces(key);
    ImageResult.Frame frame = image.frame();
    for (double scale : plan.views().scales()) {
      if (scale * frame.width() * scale * frame.height() > plan.views().mostPixels()) {
        image.warn(REDUCED);
      }
    }
    Pixels pixels = image.pixels();
    return plan.views().views(key, frame.width(), frame.height(), faces, model.size()).stream()
        .map(view -> input(key, pixels, view, faces))
        .toList();
  }

  private StationNetwork.Input<List<AnchorSample>> input(
      String key, Pixels pixels, TrainingView view, List<LabelledBox> faces) {
    return new StationNetwork.Input<>(
        new InputKind(model.ports(), model.format().layout().shape(view.placement())),
        tensor -> model.format().fill(view.pixels(pixels), view.placement(), tensor),
        outputs -> sampler.samples(key, view, faces, outputs));
  }

  @Override
  public void found(ImageInProgress image, List<List<AnchorSample>> read) {
    List<AnchorSample> samples = new ArrayList<>();
    read.forEach(samples::addAll);
    image.learn(samples);
  }
}
