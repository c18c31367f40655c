package org.retinaspark.udf.train.matching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retinaspark.udf.detect.Box;

/** The rules of {@link AnchorMatching} one after the other, each anchor with each face. */
record NaiveMatching(AnchorMatching rules) {

  private record Pair(LabelledBox face, int anchor, float ratio) {}

  private static final Comparator<LabelledBox> LEFT_THEN_UP =
      Comparator.<LabelledBox, Float>comparing(face -> face.box().x1())
          .thenComparing(face -> face.box().y1())
          .thenComparing(face -> face.box().x2())
          .thenComparing(face -> face.box().y2());

  Matches match(References references, List<LabelledBox> faces) {
    List<Pair> pairs = new ArrayList<>();
    for (LabelledBox face : faces) {
      for (int anchor = 0; anchor < references.count(); anchor++) {
        float ratio = ratio(references.anchor(anchor).box(), face.box());
        if (ratio > 0) {
          pairs.add(new Pair(face, anchor, ratio));
        }
      }
    }
    pairs.sort(
        Comparator.comparing((Pair pair) -> -pair.ratio())
            .thenComparing(Pair::face, LEFT_THEN_UP)
            .thenComparing(Pair::anchor));
    Map<LabelledBox, Float> best = new HashMap<>();
    pairs.forEach(pair -> best.putIfAbsent(pair.face(), pair.ratio()));
    int[] called = new int[references.count()];
    float[] ratios = new float[references.count()];
    for (int anchor = 0; anchor < called.length; anchor++) {
      called[anchor] = Matches.NEGATIVE;
    }
    // By the thresholds.
    Set<Integer> seen = new HashSet<>();
    for (Pair pair : pairs) {
      if (!pair.face().ignored() && seen.add(pair.anchor())) {
        ratios[pair.anchor()] = pair.ratio();
        boolean fits = best.getOrDefault(pair.face(), 0f) >= rules.least();
        boolean positive = pair.ratio() >= rules.thresholds().positive() && fits;
        boolean negative = pair.ratio() < rules.thresholds().negative();
        int other = negative ? Matches.NEGATIVE : Matches.IGNORED;
        called[pair.anchor()] = positive ? pair.face().face() : other;
      }
    }
    // What is no background.
    for (Pair pair : pairs) {
      boolean isBest = pair.ratio() == best.getOrDefault(pair.face(), 0f);
      Box anchor = references.anchor(pair.anchor()).box();
      boolean doubtful =
          pair.face().ignored()
              ? isBest
                  || pair.ratio() >= rules.thresholds().negative()
                  || shared(anchor, pair.face().box()) >= 0.5 * area(anchor)
              : isBest && pair.ratio() < rules.least();
      if (doubtful && called[pair.anchor()] == Matches.NEGATIVE) {
        called[pair.anchor()] = Matches.IGNORED;
      }
    }
    // What each face keeps.
    Set<Integer> served = new HashSet<>();
    Set<Integer> taken = new HashSet<>();
    for (Pair pair : pairs) {
      if (!pair.face().ignored()
          && pair.ratio() >= rules.least()
          && !served.contains(pair.face().face())
          && !taken.contains(pair.anchor())) {
        served.add(pair.face().face());
        taken.add(pair.anchor());
        called[pair.anchor()] = pair.face().face();
        ratios[pair.anchor()] = pair.ratio();
      }
    }
    return new Matches(called, ratios);
  }

  static float ratio(Box one, Box other) {
    double shared = shared(one, other);
    return (float) (shared / (area(one) + area(other) - shared));
  }

  private static double shared(Box one, Box other) {
    float width = Math.min(one.x2(), other.x2()) - Math.max(one.x1(), other.x1());
    float height = Math.min(one.y2(), other.y2()) - Math.max(one.y1(), other.y1());
    return width > 0 && height > 0 ? (double) width * height : 0;
  }

  private static double area(Box box) {
    return (double) box.width() * box.height();
  }
}
