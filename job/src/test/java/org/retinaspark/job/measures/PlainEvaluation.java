package org.retinaspark.job.measures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The official algorithm again, slow and plain, straight from its description: every threshold of
 * every subset walks every list anew. Shares no code with the real one.
 */
final class PlainEvaluation {

  record Box(double x, double y, double w, double h, double score) {}

  record Image(List<Box> faces, List<Boolean> counts, List<Box> detections) {}

  private PlainEvaluation() {}

  static double averagePrecision(List<Image> images, Dialect dialect, boolean wholeNumbers) {
    boolean python = dialect == Dialect.PYTHON;
    double max = python ? 0 : Float.MIN_NORMAL;
    double min = python ? 1 : Float.MAX_VALUE;
    for (Image image : images) {
      for (Box box : image.detections()) {
        max = Math.max(max, python ? box.score() : (float) box.score());
        min = Math.min(min, python ? box.score() : (float) box.score());
      }
    }
    long faces = 0;
    double[] proposals = new double[1000];
    double[] found = new double[1000];
    for (Image image : images) {
      faces += image.counts().stream().filter(c -> c).count();
      if (image.faces().isEmpty() || image.detections().isEmpty()) {
        continue;
      }
      List<Box> sorted = new ArrayList<>(image.detections());
      if (!python) {
        sorted.sort(Comparator.comparingDouble((Box box) -> -box.score()));
      }
      List<Integer> recalled = new ArrayList<>();
      List<Boolean> proposed = new ArrayList<>();
      walk(image, sorted, dialect == Dialect.MATLAB && wholeNumbers, recalled, proposed);
      for (int t = 1; t <= 1000; t++) {
        int last = -1;
        for (int i = 0; i < sorted.size(); i++) {
          double score = sorted.get(i).score();
          double normalised =
              python
                  ? (score - min) / (max - min)
                  : ((float) score - (float) min) / ((float) max - (float) min);
          if (normalised >= 1 - t / 1000.0) {
            last = i;
          }
        }
        if (last >= 0) {
          proposals[t - 1] += proposed.subList(0, last + 1).stream().filter(p -> p).count();
          found[t - 1] += recalled.get(last);
        }
      }
    }
    return area(proposals, found, faces);
  }

  private static void walk(
      Image image,
      List<Box> sorted,
      boolean integers,
      List<Integer> recalled,
      List<Boolean> proposed) {
    int[] state = new int[image.faces().size()];
    for (Box box : sorted) {
      int best = 0;
      double highest = -1;
      for (int face = 0; face < image.faces().size(); face++) {
        double overlap =
            integers
                ? integerOverlap(image.faces().get(face), box)
                : overlap(image.faces().get(face), box);
        if (overlap > highest) {
          highest = overlap;
          best = face;
        }
      }
      boolean proposal = true;
      if (highest >= 0.5) {
        if (!image.counts().get(best)) {
          state[best] = -1;
          proposal = false;
        } else if (state[best] == 0) {
          state[best] = 1;
        }
      }
      proposed.add(proposal);
      int sum = 0;
      for (int s : state) {
        sum += s == 1 ? 1 : 0;
      }
      recalled.add(sum);
    }
  }

  private static double overlap(Box a, Box b) {
    double w = Math.min(a.x() + a.w(), b.x() + b.w()) - Math.max(a.x(), b.x()) + 1;
    double h = Math.min(a.y() + a.h(), b.y() + b.h()) - Math.max(a.y(), b.y()) + 1;
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double areas =
        (a.x() + a.w() - a.x() + 1) * (a.y() + a.h() - a.y() + 1)
            + (b.x() + b.w() - b.x() + 1) * (b.y() + b.h() - b.y() + 1);
    return w * h / (areas - w * h);
  }

  /** Small numbers only: no saturation. */
  private static double integerOverlap(Box a, Box b) {
    long w =
        Math.min(whole(a.x() + a.w()), whole(b.x() + b.w()))
            - Math.max(whole(a.x()), whole(b.x()))
            + 1;
    long h =
        Math.min(whole(a.y() + a.h()), whole(b.y() + b.h()))
            - Math.max(whole(a.y()), whole(b.y()))
            + 1;
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double detection = (b.x() + b.w() - b.x() + 1) * (b.y() + b.h() - b.y() + 1);
    long union = whole((a.w() + 1) * (a.h() + 1) + detection) - w * h;
    return union == 0 ? Integer.MAX_VALUE : whole((double) (w * h) / union);
  }

  private static long whole(double value) {
    return value < 0 ? -(long) (-value + 0.5) : (long) (value + 0.5);
  }

  private static double area(double[] proposals, double[] found, long faces) {
    double area = 0;
    double before = 0;
    for (int t = 0; t < 1000; t++) {
      double recall = found[t] / faces;
      double precision = 0;
      for (int later = t; later < 1000; later++) {
        precision =
            Math.max(precision, proposals[later] == 0 ? 0 : found[later] / proposals[later]);
      }
      area += (recall - before) * precision;
      before = recall;
    }
    return area;
  }
}
