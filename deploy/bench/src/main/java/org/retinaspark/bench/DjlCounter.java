package org.retinaspark.bench;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.retinaspark.udf.detect.Protocol;

/**
 * Deep Java Library on its ONNX Runtime engine: its images (the JDK's decoder), one predictor a
 * thread, its default options. Its ONNX engine has no array arithmetic, so a Java loop fills.
 */
final class DjlCounter implements FaceCounter {

  private final ZooModel<NDList, NDList> model;
  private final Predictor<NDList, NDList> predictor;
  private final Protocol protocol;

  private DjlCounter(ZooModel<NDList, NDList> model, Protocol protocol) {
    this.model = model;
    this.predictor = model.newPredictor();
    this.protocol = protocol;
  }

  /** Counters that share a model. */
  static Loop.Counters sharing(Path file, Protocol protocol) throws IOException, ModelException {
    ZooModel<NDList, NDList> model =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(file)
            .optEngine("OnnxRuntime")
            .optTranslator(new NoopTranslator())
            .build()
            .loadModel();
    return () -> new DjlCounter(model, protocol);
  }

  @Override
  public int count(Path photo) throws IOException {
    PlainPhoto input = read(photo);
    try (var manager = model.getNDManager().newSubManager()) {
      NDList outputs =
          predictor.predict(new NDList(manager.create(input.tensor(), new Shape(input.shape()))));
      try (outputs) {
        return PlainFaces.count(
            input.width(),
            input.height(),
            outputs.get(0).toFloatArray(),
            outputs.get(1).toFloatArray(),
            input.scale());
      }
    } catch (TranslateException failure) {
      throw new IOException(failure);
    }
  }

  private PlainPhoto read(Path photo) throws IOException {
    Image image = ImageFactory.getInstance().fromFile(photo);
    double factor = PlainPhoto.factor(image.getWidth(), image.getHeight(), protocol);
    if (factor != 1) {
      int width = (int) Math.round(image.getWidth() * factor);
      int height = (int) Math.round(image.getHeight() * factor);
      image = image.resize(width, height, false);
    }
    int width = image.getWidth();
    int height = image.getHeight();
    int[] rgb =
        ((BufferedImage) image.getWrappedImage()).getRGB(0, 0, width, height, null, 0, width);
    return PlainPhoto.ofRgb(rgb, width, height, factor);
  }

  @Override
  public void close() {
    predictor.close();
  }
}
