package org.retinaspark.job.measures.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFaces;
import org.retinaspark.job.measures.dense.MeshForm;
import org.retinaspark.job.measures.dense.MeshedFace;
import org.retinaspark.job.measures.dense.MeshedImage;
import org.retinaspark.udf.crop.HeadPose;
import org.retinaspark.udf.crop.PoseEstimation;

/**
 * Takes faces with their meshes out of a table.
 *
 * @param form what their meshes are
 */
record MeshReading(MeshForm form) implements Serializable {

  /** An image of the table that counts as true. */
  MeshedImage reference(ImageFaces image) {
    return new MeshedImage(image.image(), faces(image.faces()), List.of(), 1, 0, false);
  }

  /** An image of the table that is measured. */
  MeshedImage found(ImageFaces image) {
    return new MeshedImage(image.image(), List.of(), faces(image.faces()), 0, 1, image.failed());
  }

  private List<MeshedFace> faces(FaceArrays faces) {
    List<MeshedFace> all = new ArrayList<>();
    int numbers = 2 * faces.points();
    for (int face = 0; face < faces.count(); face++) {
      FaceArrays.Mesh meshes = faces.mesh();
      float[] mesh = meshes == null ? new float[0] : meshes.vertices().get(face);
      all.add(
          new MeshedFace(
              doubles(faces.boxes(), face * FaceArrays.BOX, FaceArrays.BOX),
              doubles(faces.landmarks(), face * numbers, numbers),
              compared(faces, face, mesh),
              meshes == null ? Double.NaN : meshes.scores()[face],
              yaw(faces, face, mesh)));
    }
    return all;
  }

  private float[] compared(FaceArrays faces, int face, float[] mesh) {
    if (form.isDeep()) {
      return mesh;
    }
    List<float[]> points = faces.landmarks68();
    return points.isEmpty() ? new float[0] : points.get(face);
  }

  /** By the mesh, else as the table tells the pose, whatever it was estimated from. */
  private static double yaw(FaceArrays faces, int face, float[] mesh) {
    FaceArrays.Mesh meshes = faces.mesh();
    Optional<HeadPose> seen =
        meshes == null || mesh.length == 0
            ? Optional.empty()
            : PoseEstimation.ofMesh(meshes.topology(), mesh);
    if (seen.isPresent()) {
      return seen.get().yaw();
    }
    FaceArrays.Pose told = faces.pose().isEmpty() ? null : faces.pose().get(face);
    return told == null ? Double.NaN : told.yaw();
  }

  private static double[] doubles(float[] numbers, int from, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = numbers[from + i];
    }
    return doubles;
  }
}
