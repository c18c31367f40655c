package org.retinaspark.io.facetable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Faces with details, each of which some faces have and others don't, and a form to compare. */
final class DetailSamples {

  private DetailSamples() {}

  /** Records as {@link SampleRecords#any} has them, whose faces have all details. */
  static List<ImageRecord> any(int landmarks, long seed) {
    Random random = new Random(seed);
    return SampleRecords.any(landmarks, seed).stream()
        .map(record -> with(record, full(random, record.faces())))
        .toList();
  }

  static ImageRecord with(ImageRecord record, FaceArrays faces) {
    return new ImageRecord(
        record.image(),
        record.container(),
        record.uri(),
        record.split(),
        record.length(),
        record.etag(),
        record.modified(),
        record.frame(),
        record.error(),
        record.warnings(),
        faces,
        record.carried());
  }

  private static FaceArrays full(Random random, FaceArrays faces) {
    List<float[]> vertices = new ArrayList<>();
    List<float[]> points = new ArrayList<>();
    List<FaceArrays.@Nullable Pose> poses = new ArrayList<>();
    List<List<FaceArrays.Part>> parts = new ArrayList<>();
    float[] scores = SampleRecords.floats(random, faces.count());
    for (int face = 0; face < faces.count(); face++) {
      boolean mesh = random.nextInt(3) > 0;
      vertices.add(SampleRecords.floats(random, mesh ? 3 * (1 + random.nextInt(9)) : 0));
      scores[face] = mesh && random.nextBoolean() ? scores[face] : Float.NaN;
      points.add(SampleRecords.floats(random, random.nextBoolean() ? 136 : 0));
      float[] angles = SampleRecords.floats(random, 3);
      poses.add(
          random.nextBoolean()
              ? new FaceArrays.Pose(
                  angles[0], angles[1], angles[2], random.nextBoolean() ? "mesh" : null)
              : null);
      parts.add(
          switch (random.nextInt(3)) {
            case 0 -> List.of();
            case 1 -> List.of(new FaceArrays.Part("nose", "0`0\\n"));
            default -> List.of(new FaceArrays.Part("skin", ""), new FaceArrays.Part("haut ü", "1"));
          });
    }
    return new FaceArrays(
        faces.scores(),
        faces.boxes(),
        faces.landmarks(),
        new FaceArrays.Mesh("Mesh" + random.nextInt(3), vertices, scores),
        points,
        poses,
        parts);
  }

  /** The same face arrays without the details that are not of these. */
  static FaceArrays only(FaceArrays faces, Set<FaceDetail> details) {
    return new FaceArrays(
        faces.scores(),
        faces.boxes(),
        faces.landmarks(),
        details.contains(FaceDetail.MESH) ? faces.mesh() : null,
        details.contains(FaceDetail.LANDMARKS68) ? faces.landmarks68() : List.of(),
        details.contains(FaceDetail.POSE) ? faces.pose() : List.of(),
        details.contains(FaceDetail.PARTS) ? faces.parts() : List.of());
  }

  /** Each face with all that is told of it; a mesh that no face has is no mesh. */
  static List<Object> values(FaceArrays faces) {
    List<Object> values = new ArrayList<>();
    values.add(SampleRecords.values(faces));
    for (int face = 0; face < faces.count(); face++) {
      values.add(
          Arrays.asList(
              mesh(faces.mesh(), face),
              faces.landmarks68().isEmpty()
                  ? null
                  : SampleRecords.bits(faces.landmarks68().get(face)),
              faces.pose().isEmpty() ? "no poses" : faces.pose().get(face),
              faces.parts().isEmpty() ? null : faces.parts().get(face)));
    }
    return values;
  }

  private static List<Object> mesh(FaceArrays.@Nullable Mesh mesh, int face) {
    return mesh == null || mesh.vertices().get(face).length == 0
        ? List.of()
        : List.of(
            mesh.topology(),
            Float.floatToIntBits(mesh.scores()[face]),
            SampleRecords.bits(mesh.vertices().get(face)));
  }
}
