package org.retinaspark.udf.dense;

/** What the number means by which a network says that a crop shows a face. */
public enum ScoreOutput {
  /** The probability's logarithm of odds: the graph leaves the sigmoid to its user. */
  LOGIT {
    @Override
    float probability(float value) {
      return (float) (1 / (1 + Math.exp(-value)));
    }
  },
  /** The probability itself. */
  PROBABILITY {
    @Override
    float probability(float value) {
      return value;
    }
  },
  /** The network says nothing. */
  NONE {
    @Override
    float probability(float value) {
      return Float.NaN;
    }
  };

  abstract float probability(float value);

  /** What it is, and how that is known. */
  String text() {
    return switch (this) {
      case LOGIT -> "the score's logit (no sigmoid ends its graph)";
      case PROBABILITY -> "the score (its graph ends in a sigmoid)";
      case NONE -> "no score";
    };
  }
}
