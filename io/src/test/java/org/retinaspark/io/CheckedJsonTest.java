package org.retinaspark.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a document is said by field and value. */
class CheckedJsonTest {

  private enum Side {
    LEFT,
    RIGHT
  }

  private record Part(String name, long bytes) {}

  private record Document(long images, Side side, List<Part> parts) {

    Document {
      if (images < 0) {
        throw new IllegalArgumentException(
            "images is %d, and must not be negative".formatted(images));
      }
    }
  }

  @Test
  void fieldsOfALaterVersionPass() throws IOException {
    String json = "{'images': 3, 'side': 'LEFT', 'parts': [{'name': 'a', 'bytes': 1, 'x': 2}]}";
    assertThat(read(json)).isEqualTo(new Document(3, Side.LEFT, List.of(new Part("a", 1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|it is empty",
        "null|it is null",
        "[]|it is not what it must be",
        "7|it is not what it must be",
        "{'images': 3, 'side': 'LE|it is no whole JSON document",
        "{'images': 3, 'side': 'LEFT', 'parts': []} x|it is no whole JSON document",
        "{'side': 'LEFT', 'parts': []}|field 'images' is missing",
        "{'images': null, 'side': 'LEFT', 'parts': []}|field 'images' is null",
        "{'images': 3, 'side': 'LEFT', 'parts': null}|field 'parts' is null",
        "{'images': '3', 'side': 'LEFT', 'parts': []}|field 'images' is wrong",
        "{'images': 2.5, 'side': 'LEFT', 'parts': []}|field 'images' is",
        "{'images': 3, 'side': 'SIDEWAYS', 'parts': []}|'side' is 'SIDEWAYS', and must be LEFT,"
            + " RIGHT",
        "{'images': 3, 'side': 'LEFT', 'parts': [{'name': 'a'}]}|field 'parts.0.bytes' is missing",
        "{'images': -1, 'side': 'LEFT', 'parts': []}|images is -1, and must not be negative"
      })
  void faultsAreNamed(String json, String fault) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(fault);
  }

  private static Document read(String json) throws IOException {
    return CheckedJson.read(
        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Document.class);
  }
}
