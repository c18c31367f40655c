package org.retinaspark.io.facetable;

import java.util.List;
import java.util.Set;

/** Writes the columns of one face: a struct of structs, or flat, where each struct is the row. */
final class FaceFields {

  private static final float[] NONE = {};
  private static final int MESH = 3;
  private static final int POSE = 4;

  private final Fields face;
  private final Fields box;
  private final Fields landmarks;
  private final Fields point;
  private final Fields mesh;
  private final Fields pose;
  private final Fields part;
  private final int points;
  private final Set<FaceDetail> details;

  /** Of a struct, or of a row in the flat layout. */
  FaceFields(Fields face, TableSchema schema) {
    boolean flat = schema.layout() == TableLayout.FACES;
    this.face = face;
    this.points = schema.landmarks().size();
    this.details = schema.details();
    this.box = flat ? face : face.struct(FaceArrays.BOX);
    this.landmarks = flat ? face : face.struct(points);
    this.point = flat ? face : face.struct(FaceArrays.POINT);
    this.mesh = flat ? face : face.struct(MESH);
    this.pose = flat ? face : face.struct(POSE);
    this.part = face.struct(2);
  }

  /** Writes the face of an index. */
  void write(FaceArrays faces, int index) {
    face.add(index);
    face.add(faces.scores()[index]);
    int start = begin(face, box);
    box.addEach(faces.boxes(), index * FaceArrays.BOX, FaceArrays.BOX);
    end(face, box, start);
    if (points > 0) {
      writeLandmarks(faces, index);
    }
    if (details.contains(FaceDetail.MESH)) {
      writeMesh(faces, index);
    }
    if (details.contains(FaceDetail.LANDMARKS68)) {
      writeArray(face, faces.landmarks68().isEmpty() ? NONE : faces.landmarks68().get(index));
    }
    if (details.contains(FaceDetail.POSE)) {
      writePose(faces, index);
    }
    if (details.contains(FaceDetail.PARTS)) {
      writeParts(faces, index);
    }
  }

  private void writeLandmarks(FaceArrays faces, int index) {
    int outer = begin(face, landmarks);
    for (int number = 0; number < points; number++) {
      int inner = begin(landmarks, point);
      point.addEach(
          faces.landmarks(), (index * points + number) * FaceArrays.POINT, FaceArrays.POINT);
      end(landmarks, point, inner);
    }
    end(face, landmarks, outer);
  }

  private void writeMesh(FaceArrays faces, int index) {
    FaceArrays.Mesh meshes = faces.mesh();
    if (meshes == null || meshes.vertices().get(index).length == 0) {
      face.addNulls(mesh == face ? MESH : 1);
      return;
    }
    int start = begin(face, mesh);
    mesh.add(meshes.topology());
    float score = meshes.scores()[index];
    if (Float.isNaN(score)) {
      mesh.addNulls(1);
    } else {
      mesh.add(score);
    }
    writeArray(mesh, meshes.vertices().get(index));
    end(face, mesh, start);
  }

  private void writePose(FaceArrays faces, int index) {
    FaceArrays.Pose turn = faces.pose().isEmpty() ? null : faces.pose().get(index);
    if (turn == null) {
      face.addNulls(pose == face ? POSE : 1);
      return;
    }
    int start = begin(face, pose);
    pose.add(turn.yaw());
    pose.add(turn.pitch());
    pose.add(turn.roll());
    pose.add(turn.source());
    end(face, pose, start);
  }

  private void writeParts(FaceArrays faces, int index) {
    List<FaceArrays.Part> parts = faces.parts().isEmpty() ? List.of() : faces.parts().get(index);
    if (parts.isEmpty()) {
      face.addNulls(1);
      return;
    }
    int array = face.beginArray(parts.size());
    for (int number = 0; number < parts.size(); number++) {
      int start = face.begin(part);
      part.add(parts.get(number).part());
      part.add(parts.get(number).rle());
      face.endElement(number, start);
    }
    face.end(array);
  }

  /** One field; null if the array is empty. */
  private static void writeArray(Fields target, float[] values) {
    if (values.length == 0) {
      target.addNulls(1);
    } else {
      target.addArray(values, 0, values.length);
    }
  }

  private static int begin(Fields outer, Fields struct) {
    return outer == struct ? 0 : outer.begin(struct);
  }

  private static void end(Fields outer, Fields struct, int start) {
    if (outer != struct) {
      outer.end(start);
    }
  }
}
