package org.retinaspark.udf.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.input.Warp;
import org.retinaspark.udf.pipeline.ImageInProgress;
import org.retinaspark.udf.pipeline.Station;
import org.retinaspark.udf.pipeline.StationNetwork;

/**
 * Looks at a crop of each face. All crops are of one size, so that those of several images go
 * through the network together.
 */
final class MeshStation implements Station {

  /** A face without area in the image: there is nothing to cut out. */
  static final String NO_CROP = "mesh_no_crop";

  /** What the network told of a face is no number. */
  static final String NOT_FINITE = "mesh_not_finite";

  private final MeshModel model;
  private final MeshLimits limits;
  private final StationNetwork network;

  MeshStation(MeshModel model, MeshLimits limits, StationNetwork network) {
    this.model = model;
    this.limits = limits;
    this.network = network;
  }

  @Override
  public void tryOut() throws InterruptedException {
    int side = model.crop().pixels();
    Pixels black = new Pixels(side, side, new byte[side * side * Pixels.CHANNELS]);
    Warp whole = new Warp(new Similarity(1, 0, 0, 0), side, side, side);
    try (StationNetwork.Submission<CropMesh> one =
        network.submitInTurn(List.of(input(black, whole)))) {
      one.await();
    }
  }

  @Override
  public Step submit(ImageInProgress image) throws InterruptedException {
    List<FaceCrop> crops = crops(image);
    List<StationNetwork.Input<CropMesh>> inputs =
        crops.stream().map(crop -> input(image.pixels(), crop.warp())).toList();
    return new Look(image, crops, network.submitInTurn(inputs));
  }

  private List<FaceCrop> crops(ImageInProgress image) {
    List<FaceCrop> crops = new ArrayList<>();
    for (int index = 0; index < image.faces().size(); index++) {
      Face face = image.faces().get(index);
      if (!limits.isLikely(face)) {
        continue;
      }
      Optional<FaceCrop> crop = FaceCrop.of(index, face, model.crop(), image.frame());
      if (crop.isEmpty()) {
        image.warn(NO_CROP);
      } else if (limits.isLarge(face)) {
        crops.add(crop.get());
      }
    }
    return crops;
  }

  private StationNetwork.Input<CropMesh> input(Pixels pixels, Warp warp) {
    return new StationNetwork.Input<>(
        model.kind(), tensor -> warp.fill(pixels, model.format(), tensor), model::read);
  }

  /** The crops of one image. */
  private final class Look implements Step {

    private final ImageInProgress image;
    private final List<FaceCrop> crops;
    private final StationNetwork.Submission<CropMesh> seen;

    Look(ImageInProgress image, List<FaceCrop> crops, StationNetwork.Submission<CropMesh> seen) {
      this.image = image;
      this.crops = crops;
      this.seen = seen;
    }

    @Override
    public void finish() throws InterruptedException {
      List<CropMesh> meshes = seen.await();
      FoundMeshes found = new FoundMeshes(image.faces().size());
      for (int index = 0; index < meshes.size(); index++) {
        FaceCrop crop = crops.get(index);
        CropMesh mesh = meshes.get(index);
        float[] vertices = crop.inImage(mesh.vertices());
        if (FoundMeshes.isFinite(vertices) && isScored(mesh)) {
          found.put(crop.face(), vertices, mesh.score());
        } else {
          image.warn(NOT_FINITE);
        }
      }
      image.describe(found.in(model, image.details()));
    }

    private boolean isScored(CropMesh mesh) {
      return !model.family().givesScore() || Float.isFinite(mesh.score());
    }

    @Override
    public void close() {
      seen.close();
    }
  }
}
