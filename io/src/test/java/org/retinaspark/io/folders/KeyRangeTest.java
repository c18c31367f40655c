package org.retinaspark.io.folders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Cuts lie within their range, in every order that a store may have. */
class KeyRangeTest {

  @Property
  void cutLiesWithinTheRange(@ForAll("keys") String one, @ForAll("keys") String other) {
    Assume.that(one.compareTo(other) < 0);
    new KeyRange(one, other)
        .middle(0)
        .ifPresent(
            middle -> {
              assertThat(middle).isGreaterThan(one).isLessThan(other);
              assertThat(middle.charAt(middle.length() - 1)).isBetween(' ', '\ud7ff');
            });
    new KeyRange(one, null).middle(0).ifPresent(middle -> assertThat(middle).isGreaterThan(one));
  }

  @Property
  void cutPartsKeysAlikeInBothOrders(
      @ForAll("keys") String after, @ForAll("keys") String until, @ForAll("keys") String key) {
    Assume.that(after.compareTo(until) < 0);
    Optional<String> middle = new KeyRange(after, until).middle(0);
    Assume.that(middle.isPresent());
    int bytes = Arrays.compareUnsigned(key.getBytes(UTF_8), middle.get().getBytes(UTF_8));
    assertThat(Integer.signum(key.compareTo(middle.get()))).isEqualTo(Integer.signum(bytes));
  }

  @Example
  void digitsAreHalvedSoon() {
    assertThat(new KeyRange("photos/0000999", "photos/9").middle(7)).contains("photos/4");
    assertThat(new KeyRange("photos/0000999", "photos/1").middle(7)).contains("photos/0X");
    assertThat(new KeyRange("photos/", null).middle(7)).contains("photos/O");
  }

  @Example
  void nothingIsCutBehindCharactersThatStoresOrderDifferently() {
    assertThat(new KeyRange("\ud83d\ude00a", null).middle(0)).isEmpty();
    assertThat(new KeyRange("\ue000a", "\ue000z").middle(0)).isEmpty();
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings()
        .withChars("ab/ 09+~\u007f\u00e4\u65e5\ud7ff\ue000\uffee")
        .withChars('\ud83d')
        .ofMaxLength(6)
        // A half of a pair can't be encoded: the other half follows.
        .map(key -> key.replace("\ud83d", "\ud83d\ude00"));
  }
}
