package org.retinaspark.udf.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.crop.FacePart;
import org.retinaspark.udf.crop.FaceParts;
import org.retinaspark.udf.crop.HeadPose;
import org.retinaspark.udf.crop.Landmarks68;
import org.retinaspark.udf.crop.PoseEstimation;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.ImageInProgress;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.Station;

/** Derives what is wanted of each face and nobody has told from what is known of it. */
final class GeometryStation implements Station {

  private static final float[] UNKNOWN = {};

  private final Set<FaceDetails.Kind> wanted;
  private final double minimumScore;

  GeometryStation(Set<FaceDetails.Kind> wanted, double minimumScore) {
    this.wanted = wanted;
    this.minimumScore = minimumScore;
  }

  @Override
  public boolean readsPixels() {
    return false;
  }

  @Override
  public Step submit(ImageInProgress image) {
    return new Step() {
      @Override
      public void finish() {
        image.describe(derived(image));
      }

      @Override
      public void close() {}
    };
  }

  private FaceDetails derived(ImageInProgress image) {
    FaceDetails details = image.details();
    if (wanted.contains(FaceDetails.Kind.LANDMARKS68) && details.landmarks68() == null) {
      details = details.andLandmarks68(landmarks68(image));
    }
    if (wanted.contains(FaceDetails.Kind.POSE) && details.pose() == null) {
      details = details.andPose(pose(image, details.landmarks68()));
    }
    if (wanted.contains(FaceDetails.Kind.PARTS) && details.parts() == null) {
      details = details.andParts(parts(image));
    }
    return details;
  }

  private static List<float[]> landmarks68(ImageInProgress image) {
    List<float[]> points = new ArrayList<>();
    for (int face = 0; face < image.faces().size(); face++) {
      points.add(
          mesh(image, face)
              .flatMap(mesh -> Landmarks68.ofMesh(mesh.topology, mesh.vertices))
              .orElse(UNKNOWN));
    }
    return points;
  }

  /**
   * By the mesh where its depth is known to grow away from the camera, which other meshes leave to
   * their training; else by the points of the image.
   */
  private List<Optional<HeadPose>> pose(ImageInProgress image, @Nullable List<float[]> points) {
    List<Optional<HeadPose>> poses = new ArrayList<>();
    for (int index = 0; index < image.faces().size(); index++) {
      Face face = image.faces().get(index);
      float[] known = points == null ? UNKNOWN : points.get(index);
      poses.add(
          mesh(image, index)
              .filter(mesh -> mesh.topology.equals(MeshTopology.FACE_MESH.name()))
              .flatMap(mesh -> PoseEstimation.ofMesh(mesh.topology, mesh.vertices))
              .or(() -> ofPoints(face, known)));
    }
    return poses;
  }

  /** By the 68 points, else by the five; of a likely face only. */
  private Optional<HeadPose> ofPoints(Face face, float[] landmarks68) {
    return face.score() >= minimumScore
        ? PoseEstimation.ofLandmarks68(landmarks68)
            .or(() -> PoseEstimation.ofFive(face.landmarks()))
        : Optional.empty();
  }

  private static List<List<FacePart>> parts(ImageInProgress image) {
    ImageResult.Frame frame = image.frame();
    List<List<FacePart>> parts = new ArrayList<>();
    for (int face = 0; face < image.faces().size(); face++) {
      parts.add(
          mesh(image, face)
              .map(
                  mesh -> FaceParts.of(mesh.topology, mesh.vertices, frame.width(), frame.height()))
              .orElse(List.of()));
    }
    return parts;
  }

  /** The mesh of a face, if there is one to be believed; one without a score is. */
  private static Optional<OneMesh> mesh(ImageInProgress image, int face) {
    FaceDetails.Mesh mesh = image.details().mesh();
    if (mesh == null
        || mesh.vertices().get(face).length == 0
        || mesh.scores()[face] < GeometryStationFactory.BELIEVED) {
      return Optional.empty();
    }
    return Optional.of(new OneMesh(mesh.topology(), mesh.vertices().get(face)));
  }

  private record OneMesh(String topology, float[] vertices) {}
}
